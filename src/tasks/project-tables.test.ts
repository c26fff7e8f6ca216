/** The tables of a projection: those of its volume, with ROIs one plane deep, which come and go with it. */
import { beforeEach, describe, expect, it } from "vitest";
import { worldBox } from "../geometry/box.ts";
import type { Image } from "../ome/multiscale.ts";
import { newRoiTable } from "../roi/new-roi-table.ts";
import { numbersOf } from "../table/columns.ts";
import { encodeTable } from "../table/encode-table.ts";
import { newFeatureTable } from "../table/feature-table.ts";
import { readTable } from "../table/read-table.ts";
import type { Table } from "../table/table.ts";
import { listTables, relist } from "../table/table-list.ts";
import { computeHere } from "../testing/compute-here.ts";
import { said } from "../testing/said.ts";
import { makeVolume, projected, recipeOf, small, wellOf } from "../testing/volume-image.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { writeGroup } from "../zarr/hierarchy.ts";
import { jsonBytes } from "../zarr/json-file.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { keyOf, writable } from "../zarr/store.ts";
import { resumeRun, run, undoRun } from "./run.ts";

describe("the tables of a projection", () => {
  let image: Image;
  const path = (name: string) => `B/03/0/tables/${name}`;

  async function put(table: Table): Promise<void> {
    const name = table.path.split("/").at(-1) ?? "";
    for (const [key, bytes] of await encodeTable(table))
      await writable(image.store).set(keyOf(table.path, key), bytes);
    await relist(image.store, image.path, { to: name }, 2);
  }

  const bytesBelow = (folder: string) => {
    const { entries } = (image.store as MemoryStore).spec;
    return [...entries]
      .filter(([key]) => key.startsWith(`/${folder}/`))
      .map(([key, bytes]) => [key.slice(folder.length + 2), [...bytes]] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  };

  beforeEach(async () => {
    image = await makeVolume(new WatchedStore(), small);
    const rois = [
      { name: "upper", box: worldBox([4, 0, 0], [10, 3, 5]), label: 4 },
      { name: "all", box: worldBox([0, 0, 0], [10, 6, 5]), label: 9 },
    ];
    for (const backend of ["anndata", "csv"] as const) {
      const common = { zarrFormat: 2, backend, rois } as const;
      await put(newRoiTable({ ...common, path: path(`FOV_${backend}`) }));
      await put(newRoiTable({ ...common, path: path(`cells_${backend}`), region: "cells" }));
    }
    const area = { kind: "number", dtype: "float64", values: Float64Array.of(2, 3) } as const;
    const columns = new Map([["z_micrometer", area]]);
    const features = {
      path: path("features"),
      zarrFormat: 2,
      backend: "csv",
      region: "cells",
    } as const;
    await put(newFeatureTable({ ...features, labels: [4, 9], columns }));
    // In a backend that Fovea does not read.
    await writeGroup(writable(image.store), path("odd"), 2, { backend: "parquet" });
    await writable(image.store).set(keyOf(path("odd"), "table.parquet"), jsonBytes("PAR1"));
    await relist(image.store, image.path, { to: "odd" }, 2);
  });

  it("are those of the volume, with ROIs from z 0 to 1; what is no ROI table keeps its bytes", async () => {
    const before = bytesBelow("B/03/0");
    const made = await projected(image);
    const list = await listTables(made.store, made.path, 2);
    const names = ["FOV_anndata", "cells_anndata", "FOV_csv", "cells_csv", "features", "odd"];
    expect(list).toEqual({ names, unlisted: [] });
    for (const name of names.slice(0, 4)) {
      const table = await readTable(made.store, `B/03/0_mip/tables/${name}`, 2);
      const values = (column: string) => {
        const found = table.columns.get(column);
        return found && [...numbersOf(found)];
      };
      expect(values("z_micrometer"), name).toEqual([0, 0]);
      expect(values("len_z_micrometer")).toEqual([1, 1]);
      expect(values("len_y_micrometer")).toEqual([3, 6]);
      expect(values("len_x_micrometer")).toEqual([5, 5]);
    }
    for (const name of names.slice(4))
      expect(bytesBelow(`B/03/0_mip/tables/${name}`)).toEqual(bytesBelow(path(name)));
    expect(bytesBelow("B/03/0")).toEqual(before);
  });

  it("come and go with it: a run cut off anywhere goes on to the same, and is taken back", async () => {
    const { entries } = (image.store as MemoryStore).spec;
    const store = image.store as WatchedStore;
    const before = new Map(entries);
    store.operations.length = 0;
    await projected(image);
    const timeless = (bytes: Uint8Array | undefined) =>
      new TextDecoder().decode(bytes).replaceAll(/"(id|begin)": "[^"]*"|"ms": [\d.]+/g, "");
    const whole = new Map([...entries].map(([key, bytes]) => [key, timeless(bytes)]));
    const steps = store.sets.length;
    for (let n = 0; n < steps; n += 3) {
      entries.clear();
      for (const [key, bytes] of before) entries.set(key, bytes);
      const folder = new MemoryStore();
      const recipe = recipeOf(image);
      const job = { recipe, replace: false, version: "1" };
      const tools = {
        executor: await computeHere(image, recipe, 1),
        onEvent: () => undefined,
        folder,
      };
      let left = n;
      store.before = ({ kind }) => {
        if (kind === "set" && left-- === 0) throw new Error("Cut off");
      };
      const outcome = await said(run(image, job, tools));
      store.before = () => undefined;
      if (outcome !== undefined) {
        expect(await wellOf(image)).toEqual({ images: [{ path: "0", acquisition: 3 }] });
        await resumeRun(image, tools);
      }
      expect(new Set(entries.keys())).toEqual(new Set(whole.keys()));
      for (const [key, text] of whole)
        if (!key.endsWith("0_mip/.zattrs")) expect(timeless(entries.get(key)), key).toBe(text);
      await undoRun(image, folder);
      expect(entries).toEqual(before);
    }
  }, 30_000);
});
