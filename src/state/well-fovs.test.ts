/** The FOV tables of a plate's wells are read as wells are looked at, once each. */
import { beforeEach, expect, test } from "vitest";
import type { Image } from "../ome/multiscale.ts";
import { openNode } from "../ome/open-node.ts";
import { imageAt, imagePathIn, openPlateImages } from "../ome/plate-images.ts";
import { gate } from "../testing/gate.ts";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { WatchedStore } from "../testing/watched-store.ts";
import { UrlStore } from "../zarr/url-store.ts";
import { WellFovs } from "./well-fovs.ts";

let store: WatchedStore;
let imageOf: (well: number) => Image;
let changed: () => void;

/** The first well has no table. */
beforeEach(async () => {
  store = new WatchedStore();
  await makeNucleiPlate(store, [
    { path: "A/1", lacks: "table" },
    { path: "A/2" },
    { path: "A/3" },
    { path: "A/4" },
  ]);
  const node = await openNode(store, "");
  if (node.kind !== "plate") throw new Error("This is no plate");
  const { plate } = node;
  const { image, name } = await openPlateImages(plate);
  imageOf = (well) => {
    const ref = plate.wells[well];
    if (!ref) throw new Error(`There is no well ${well}`);
    return imageAt(image, imagePathIn(plate, ref, name));
  };
  changed = () => undefined;
  store.operations.length = 0;
});

function fovsOf(): WellFovs {
  return new WellFovs({ imageOf, onChange: () => changed() });
}

/** Waits until nothing is read any more. */
async function whole(fovs: WellFovs): Promise<void> {
  if (!fovs.busy) return;
  await new Promise<void>((resolve) => {
    changed = () => queueMicrotask(() => !fovs.busy && resolve());
  });
}

const wellsRead = (): string[] => [
  ...new Set(store.operations.map(({ key }) => key.split("/").slice(1, 3).join("/"))),
];

test("reads the wells that are looked at and no others, each once, whichever has a table", async () => {
  const fovs = fovsOf();
  expect(store.operations).toEqual([]);
  fovs.look([0, 2, 1]);
  await whole(fovs);
  expect(wellsRead()).toEqual(["A/1", "A/3", "A/2"]);
  expect(fovs.of(0)).toEqual({ kind: "absent" });
  for (const well of [1, 2]) {
    const found = fovs.of(well);
    if (found?.kind !== "there") throw new Error(`Well ${well} has no FOVs`);
    expect(found.rois.names).toEqual(["FOV_1", "FOV_2", "FOV_3", "FOV_4"]);
  }
  expect(fovs.of(3)).toBeUndefined();
  // What the table is called is asked until one says so, and not again.
  const lists = store.operations.filter(({ key }) => /^\/A\/\d\/0\/tables\/\.zattrs$/.test(key));
  expect(lists.map(({ key }) => key.split("/")[2])).toEqual(["1", "3"]);

  const before = store.operations.length;
  fovs.look([1, 2, 0]);
  expect(fovs.busy).toBe(false);
  expect(store.operations).toHaveLength(before);
});

test("gives up a well that is no longer looked at, and reads it when it is looked at again", async () => {
  const held = gate();
  store.before = () => held.passed;
  const fovs = fovsOf();
  fovs.look([1]);
  expect(fovs.busy).toBe(true);
  fovs.look([]);
  expect(fovs.busy).toBe(false);
  held.open();
  await held.passed;
  fovs.look([1]);
  await whole(fovs);
  expect(fovs.of(1)?.kind).toBe("there");
});

test("of a well that is tried again while it is read, takes the new answer and not the old", async () => {
  const [asked, held] = [gate(), gate()];
  let isFirst = true;
  store.before = async ({ key }) => {
    if (!isFirst || !key.endsWith("/table.csv")) return;
    isFirst = false;
    asked.open();
    await held.passed;
    throw new Error("The answer from before");
  };
  const fovs = fovsOf();
  fovs.look([1]);
  await asked.passed;
  fovs.forget(1);
  fovs.look([1]);
  held.open();
  await whole(fovs);
  expect(fovs.of(1)?.kind).toBe("there");
});

test("tells a well that cannot be read from one without a table, and tries it again when told to", async () => {
  let isBroken = true;
  store.before = ({ key }) => {
    if (isBroken && key.startsWith("/A/2/")) throw new Error("The disk is gone");
  };
  const fovs = fovsOf();
  fovs.look([1, 2]);
  await whole(fovs);
  expect(fovs.of(1)?.kind).toBe("failed");
  expect(fovs.of(2)?.kind).toBe("there");
  expect(fovs.failed).toEqual([1]);
  for (const again of [() => fovs.forget(1), () => fovs.look([2])]) {
    isBroken = true;
    fovs.forget(1);
    fovs.look([1, 2]);
    await whole(fovs);
    isBroken = false;
    again();
    fovs.look([1, 2]);
    await whole(fovs);
    expect([fovs.of(1)?.kind, fovs.failed]).toEqual(["there", []]);
  }
});

test("a well whose tables a web server refuses has none, as many servers answer for a file that is not there", async () => {
  const fetch = async (): Promise<Response> => new Response(null, { status: 403 });
  const refusing = new UrlStore({ kind: "url", url: "http://127.0.0.1" }, { fetch });
  const inPlace = imageOf;
  imageOf = (well) => (well === 1 ? { ...inPlace(well), store: refusing } : inPlace(well));
  const fovs = fovsOf();
  fovs.look([1, 2]);
  await whole(fovs);
  expect([1, 2].map((well) => fovs.of(well)?.kind)).toEqual(["absent", "there"]);
});
