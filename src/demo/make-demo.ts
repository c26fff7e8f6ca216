/** Making the demo plate: at once a plate with all its wells listed, then well by well, resumed where it was left. */
import { Fault } from "../base/fault.ts";
import { Limiter } from "../base/limiter.ts";
import { createPlate, plateAttributes } from "../ome/create-plate.ts";
import { writeAttributes } from "../zarr/hierarchy.ts";
import { readNode } from "../zarr/node.ts";
import { keyOf, type Options, type Store, type WritableStore } from "../zarr/store.ts";
import { COLUMNS, DEMO_WELLS, type DemoWell, ROWS } from "./layout.ts";
import { type PlateMark, plateMark, readPlateMark } from "./truth.ts";
import { writeWell } from "./write-well.ts";

/** How far the demo is: wells that can be opened, of all; `well` is the one that was made last. */
interface DemoProgress {
  readonly done: number;
  readonly total: number;
  readonly well: string;
}

/** Who makes the wells: this thread, one after the other, or workers, several at once. */
export interface WellMaker {
  readonly atOnce: number;
  make(store: WritableStore, well: DemoWell, options?: Options): Promise<void>;
}

export interface DemoOptions extends Options {
  readonly maker?: WellMaker;
  readonly onProgress?: (progress: DemoProgress) => void;
}

const onThisThread: WellMaker = { atOnce: 1, make: writeWell };

/** Whether a store holds the demo plate at its root. One that another version of Fovea made counts as absent. */
export async function demoState(
  store: Store,
  options: Options = {},
): Promise<"absent" | "partial" | "complete"> {
  const mark = await markOf(store, options);
  return mark === "partial" || mark === "complete" ? mark : "absent";
}

/**
 * Makes what is missing of the demo plate at the store's root, in OME-Zarr 0.4. Each well opens once it is whole.
 * @throws Fault "conflict" where the root holds something else, which is left as it is
 */
export async function makeDemo(store: WritableStore, options: DemoOptions = {}): Promise<void> {
  const { maker = onThisThread, onProgress, signal } = options;
  const mark = await markOf(store, options);
  if (mark === "complete") return;
  if (mark === "none")
    throw new Fault("conflict", "The folder for the demo plate holds something else already");
  if (mark === "other seed") await clear(store, options);
  await createPlate(store, "", plateSpec(false), options);

  const failed = new AbortController();
  const either = { signal: signal ? AbortSignal.any([signal, failed.signal]) : failed.signal };
  const limiter = new Limiter(maker.atOnce);
  let done = 0;
  const makeWell = async (well: DemoWell): Promise<void> => {
    if ((await readNode(store, well.path, { ...either, format: 2 })) === undefined)
      await maker.make(store, well, either);
    done++;
    onProgress?.({ done, total: DEMO_WELLS.length, well: well.path });
  };
  try {
    await Promise.all(DEMO_WELLS.map((well) => limiter.run(() => makeWell(well), either)));
  } catch (error) {
    failed.abort();
    throw error;
  }
  await writeAttributes(store, "", 2, plateAttributes(plateSpec(true)), options);
}

const plateSpec = (complete: boolean) => ({
  format: 2 as const,
  name: "Fovea demo",
  rows: ROWS,
  columns: COLUMNS,
  wells: DEMO_WELLS,
  attributes: plateMark(complete),
});

async function markOf(store: Store, options: Options): Promise<PlateMark | "nothing"> {
  const node = await readNode(store, "", options);
  return node === undefined ? "nothing" : readPlateMark(node.attributes);
}

/** Removes an earlier demo: its plate's attributes first, so that what is left of it is no demo. */
async function clear(store: WritableStore, options: Options): Promise<void> {
  await store.delete(keyOf(".zattrs"), options);
  for (const { name } of await store.list("/", options)) await store.delete(keyOf(name), options);
}
