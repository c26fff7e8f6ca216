/** A page over a plate of nuclei on which a recipe is run in wells, in Node: what happens is heard, and can be disturbed. */
import { Fault } from "../base/fault.ts";
import { openLabel } from "../ome/labels.ts";
import { openImage } from "../ome/open-image.ts";
import type { BatchStatus } from "../state/batch-state.ts";
import { openInside, openSource } from "../state/open.ts";
import type { Services } from "../state/services.ts";
import { createSession, type Session } from "../state/session.ts";
import { openPlace, type Place } from "../state/source.ts";
import type { RunEvent } from "../tasks/events.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import type { Recipe } from "../tasks/recipe.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { readWhole } from "../zarr/read-whole.ts";
import { CHANNEL, TABLE } from "./nuclei-plate.ts";
import { runsHere } from "./run-here.ts";
import { sourceOver, testServices } from "./services.ts";

export const WELLS = ["B/03", "B/04", "C/03"] as const;

export const recipe: Extract<Recipe, { readonly task: "threshold-segmentation" }> = {
  task: "threshold-segmentation",
  level: "0",
  t: 0,
  params: {
    ...thresholdSegmentation.defaults,
    splitDistance: 0,
    channel: { mode: "label", identifier: CHANNEL },
  },
  outputName: "nuclei",
  roiTable: TABLE,
  rois: [],
};

/** Entries that can be made to refuse to be written, as a full disk does. */
class Entries extends Map<string, Uint8Array<ArrayBuffer>> {
  /** What is thrown where a key is to be written. */
  refuse: (key: string) => Fault | undefined = () => undefined;

  override set(key: string, bytes: Uint8Array<ArrayBuffer>): this {
    // Called by Map's own constructor before the field is there.
    const fault = this.refuse?.(key);
    if (fault) throw fault;
    return super.set(key, bytes);
  }
}

export class BatchPage {
  readonly entries: Entries = new Entries();
  readonly store: MemoryStore = new MemoryStore({ kind: "memory", entries: this.entries });
  readonly services: Services;
  session: Session;
  /** Called at each news of a run, after the session was told. */
  onEvent: (path: string, event: RunEvent) => void = () => undefined;
  /** The jobs in their order: "B/03/0 run". */
  started: string[] = [];
  /** Whether the browser has no place to keep runs in at the moment. */
  isFolderGone = false;

  constructor() {
    const here = runsHere((path, event) => this.onEvent(path, event));
    this.services = testServices({
      ...here,
      runFolder: async (name) => {
        if (this.isFolderGone) throw new Fault("quota", "It cannot be used");
        return here.runFolder(name);
      },
      startRun: (job, options) => {
        this.started.push(`${job.path} ${job.kind ?? "run"}`);
        return here.startRun(job, options);
      },
    });
    this.session = createSession(this.services);
  }

  /** A page, new or after a reload, with a well open, by default the first. */
  async open(well: string = WELLS[0]): Promise<void> {
    this.session = createSession(this.services);
    await openSource(this.session, sourceOver(this.store, this.services));
    await openInside(this.session, this.place(), well);
  }

  place(): Place {
    return placeIn(this.session);
  }

  status(): BatchStatus {
    return this.session.batch.getState().status;
  }

  ended(): Extract<BatchStatus, { kind: "ended" }> {
    const now = this.status();
    if (now.kind !== "ended") throw new Error(`not ended but ${JSON.stringify(now)}`);
    return now;
  }

  /** "B03 done", "B04 skipped". */
  wells(): readonly string[] {
    const now = this.status();
    if (!("batch" in now)) return [];
    return now.batch.wells.map(({ name, state }) => `${name} ${state}`);
  }

  async labelsIn(well: string): Promise<readonly string[]> {
    return (await openImage(this.store, `${well}/0`)).labels;
  }

  labelled(): Promise<readonly (readonly string[])[]> {
    return Promise.all(WELLS.map((well) => this.labelsIn(well)));
  }

  async pixelsIn(well: string): Promise<readonly number[]> {
    const label = await openLabel(await openImage(this.store, `${well}/0`), "nuclei");
    return Array.from((await readWhole(label.levels[0].array, {})).data, Number);
  }
}

/** Where a page is. */
export function placeIn({ opened }: Session): Place {
  const place = openPlace(opened.getState());
  if (!place) throw new Error(`not open but ${JSON.stringify(opened.getState())}`);
  return place;
}
