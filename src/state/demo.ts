/** The demo plate: opened at once where it is, made first where it is not, its first well shown while others are made. */
import { DEMO_WELLS } from "../demo/layout.ts";
import { openStore } from "../zarr/open-store.ts";
import { writable } from "../zarr/store.ts";
import { notify, notifyError } from "./notices.ts";
import { closeAll, enterLinked, type OpenOptions, opening } from "./open.ts";
import { recover } from "./recover.ts";
import { forgetRuns } from "./run-folder.ts";
import type { Session } from "./session.ts";
import { descend, type Source, sourceOf } from "./source.ts";

/** The folder in the browser's private file system. */
const FOLDER = "demo.zarr";

/** One core is left to the page. */
const makers = (): number => Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1));

/** Held while the demo is made or deleted. */
const MAKING = "demo";

/** Opens the demo plate; its first well is shown as soon as it is whole. */
export async function openDemo(session: Session, options: OpenOptions = {}): Promise<void> {
  const open = async (signal: AbortSignal) => {
    const handle = await session.services.privateFolder(FOLDER);
    signal.throwIfAborted();
    if (!handle) notify(session.notices, "warning", IN_MEMORY);
    const source = sourceOf(
      { kind: "demo", handle },
      handle ? { kind: "directory", handle } : { kind: "memory", entries: new Map() },
      session.services,
    );
    const { demoState } = await import("../demo/make-demo.ts");
    const state = await demoState(source.store, { signal });
    if (state === "complete") await recover(session, source.origin, { signal });
    const well = state === "complete" ? FIRST_WELL : await make(session, source);
    const plate = await descend({ source }, "", { signal });
    return enterLinked(session, plate, options.inside ?? well, { signal });
  };
  await opening(session, "the demo plate", open, options);
}

/** Deletes the demo with all that was done to it, and makes it anew. */
export async function resetDemo(session: Session): Promise<void> {
  try {
    const handle = await session.services.privateFolder(FOLDER);
    if (handle) {
      closeAll(session);
      const store = writable(openStore({ kind: "directory", handle }));
      await session.services.locked([MAKING], async () => {
        for (const { name } of await store.list("/")) await store.delete(`/${name}`);
        const images = DEMO_WELLS.map(({ path }) => `${path}/0`);
        await forgetRuns(session, { origin: { kind: "demo", handle } }, "", images);
      });
    }
  } catch (error) {
    notifyError(session.notices, error);
    return;
  }
  await openDemo(session);
}

const FIRST_WELL = DEMO_WELLS[0]?.path ?? "";

/**
 * Makes the demo in the background, whatever is opened meanwhile.
 * @returns the well that is whole first; where the demo is being made already, the one that should be
 */
async function make(session: Session, source: Source): Promise<string> {
  const store = writable(source.store);
  const first = Promise.withResolvers<string>();
  let begun = false;
  const makeAll = async (): Promise<void> => {
    begun = true;
    // What makes the demo is of no use to who opens other data.
    const [{ makeDemo }, { wellsInWorkers }] = await Promise.all([
      import("../demo/make-demo.ts"),
      import("../demo/demo-pool.ts"),
    ]);
    const pool = wellsInWorkers(makers());
    session.demo.setState({ progress: { done: 0, total: 1 } });
    try {
      await makeDemo(store, {
        maker: pool,
        onProgress: ({ done, total, well }) => {
          forgetMissing(session);
          session.demo.setState({ progress: { done, total } });
          first.resolve(well);
        },
      });
    } finally {
      pool.close();
      session.demo.setState({ progress: undefined });
    }
  };
  // What is in memory is nobody else's.
  const inMemory = store.spec.kind === "memory";
  const made = inMemory ? makeAll() : session.services.locked([MAKING], makeAll);
  made.catch((error: unknown) => {
    if (!begun) return first.resolve(FIRST_WELL);
    first.reject(error);
    notifyError(session.notices, error);
  });
  return first.promise;
}

/** What was looked for where a well is now is remembered as missing. */
function forgetMissing(session: Session): void {
  const opened = session.opened.getState();
  if (opened.kind === "open" && opened.place.source.origin.kind === "demo")
    opened.place.source.reader.clear();
}

const IN_MEMORY =
  "This browser gives the page no private file system, so the demo plate lives in memory: a reload loses it";
