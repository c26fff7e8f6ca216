/** The picture of a plate: which chunks stay at hand once they are in it. */
import { expect, it } from "vitest";
import type { Plate } from "../../ome/multiscale.ts";
import { plateLattice } from "../../scene/plate-place.ts";
import { lookAt } from "../../state/view.ts";
import { makeImage } from "../../testing/make-image.ts";
import { sourceOver, testSession } from "../../testing/services.ts";
import { MemoryStore } from "../../zarr/memory-store.ts";
import { Mosaic } from "./mosaic.ts";
import { WellChecks } from "./well-checks.ts";

/** Three wells of 2.9 MB at each of ten planes and time points. */
it.each([
  ["stay at hand where one plane and time point of the plate is small", [1, 1], "missing"],
  ["stay at hand where two time points that lie in them are small", [2, 1], "missing"],
  ["do not where ten planes that lie in them are large", [1, 10], undefined],
] as const)("the chunks of a long stack %s", async (_, chunks, atHand) => {
  const store = new MemoryStore({ kind: "memory", entries: new Map() });
  const image = await makeImage(store, {
    axes: ["t", "z", "y", "x"],
    shape: [10, 10, 1200, 1200],
    chunks: [...chunks, 1200, 1200],
  });
  const columns = ["1", "2", "3"];
  const wells = columns.map((column, columnIndex) => {
    return { path: `A/${column}`, row: "A", column, rowIndex: 0, columnIndex };
  });
  const [well] = wells;
  if (!well) throw new Error("no well");
  const plate: Plate = { path: "", store, name: "p", zarrFormat: 2, rows: ["A"], columns, wells };
  const images = { image, well, images: [], name: "0", absent: [] };
  const { grid } = image.levels[0];
  const screen = { width: 1200, height: 800 };
  const place = plateLattice({ rows: 1, columns: 3, finest: grid, coarsest: grid, screen });
  const session = testSession();
  lookAt(session.view, image);
  const source = sourceOver(store, session.services);
  const checks = new WellChecks(plate, images, new Map(), () => {});
  const given = { session, source, plate, images, place, checks, kept: undefined };
  const mosaic = new Mosaic({ ...given, z: 0, t: 0, onChange: () => {} });
  mosaic.look({ bounds: [0, 0, 5000, 5000], channels: [0] });
  await expect.poll(() => mosaic.tiles.busy).toBe(false);
  const found = wells.map((_, i) => {
    return source.reader.peek(checks.imageOf(i).levels[0].array, [0, 0, 0, 0]);
  });
  expect(found).toEqual([atHand, atHand, atHand]);
  mosaic.close();
});
