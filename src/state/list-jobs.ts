/**
 * The page's side of the work on all ROIs: what is sent of the open table, and when. The table goes once, then only what
 * was edited since the last answer. What is asked for anew, as a list or a check, takes the place of what was asked
 * before; what saves or adds ROIs never does.
 */
import { Fault } from "../base/fault.ts";
import type { ListAnswer, ListJob, ListRequest, Loaded } from "../roi/list-host.ts";
import { buffersOf, packed } from "../roi/packed-edits.ts";
import type { Rois } from "../roi/rois.ts";

/** Runs one request; a worker with `ListHost`, or that itself. One whose signal fires rejects at once. */
export type RunListRequest = (
  request: ListRequest,
  options: { readonly signal: AbortSignal; readonly transfer: readonly Transferable[] },
) => Promise<ListAnswer>;

/** What a job is about: the table as it was loaded, and its ROIs now. */
export interface Listed extends Omit<Loaded, "base"> {
  readonly rois: Rois;
}

interface ListJobOptions {
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

type AnswerTo<J extends ListJob> = Extract<ListAnswer, { kind: AnswerKinds[J["kind"]] }>;

interface AnswerKinds {
  readonly arrange: "arranged";
  readonly check: "checked";
  readonly encode: "encoded";
  readonly csv: "written";
  readonly copy: "written";
  readonly add: "made";
  readonly restore: "made";
}

/** What is asked for anew takes the place of what was asked before. */
const REPLACED: ReadonlySet<ListJob["kind"]> = new Set(["arrange", "check", "csv", "copy"]);

interface Known {
  readonly revision: number;
  readonly rois: Rois;
}

export class ListJobs {
  readonly #run: RunListRequest;
  readonly #stops = new Map<ListJob["kind"], AbortController>();
  #loaded: Loaded | undefined;
  #opening = 0;
  /** The state the worker knows, unless it was started anew; it says so then. */
  #known: Known | undefined;
  #revision = 0;
  #underWay = 0;

  constructor(run: RunListRequest) {
    this.#run = run;
  }

  /**
   * @param options `onProgress` is told now and then how much is done, 0 to 1
   * @throws Fault "aborted" once stopped, or where a newer list or check has taken its place, or as the host does
   */
  async run<J extends ListJob>(
    job: J,
    listed: Listed,
    { onProgress, signal }: ListJobOptions = {},
  ): Promise<AnswerTo<J>> {
    if (REPLACED.has(job.kind)) this.#stops.get(job.kind)?.abort();
    const stop = new AbortController();
    this.#stops.set(job.kind, stop);
    const signals = signal ? AbortSignal.any([stop.signal, signal]) : stop.signal;
    try {
      for (let attempt = 0; attempt < 2; attempt++) {
        const answer = await this.#ask(job, listed, signals, onProgress);
        if (answer.kind !== "unknown") return answer as AnswerTo<J>;
      }
      throw new Fault("crashed", "A background worker forgot the table it was given");
    } finally {
      if (this.#stops.get(job.kind) === stop) this.#stops.delete(job.kind);
    }
  }

  async #ask(
    job: ListJob,
    listed: Listed,
    signal: AbortSignal,
    onProgress: ((done: number) => void) | undefined,
  ): Promise<ListAnswer> {
    const known = this.#knownOf(listed);
    const opening = this.#opening;
    const revision = ++this.#revision;
    const { rois, table, features } = listed;
    const edits = packed(
      rois,
      known ? rois.overlay.differing(known.rois.overlay) : everyEdit(rois),
    );
    const channel = onProgress && new MessageChannel();
    if (channel) channel.port1.onmessage = ({ data }: MessageEvent<number>) => onProgress(data);
    const request: ListRequest = {
      opening,
      since: known?.revision ?? 0,
      revision,
      edits,
      job,
      ...(known ? {} : { loaded: { table, base: rois.base, features } }),
      ...(channel ? { progress: channel.port2 } : {}),
    };
    const transfer = [...buffersOf(edits), ...(channel ? [channel.port2] : [])];
    // What waits behind another may be stopped before it is sent; what does not has arrived, wanted or not.
    if (this.#underWay++ === 0) this.#known = { revision, rois };
    try {
      const answer = await this.#run(request, { signal, transfer });
      if (opening !== this.#opening) return answer;
      if (answer.kind === "unknown") this.#known = undefined;
      else if (revision > (this.#known?.revision ?? 0)) this.#known = { revision, rois };
      return answer;
    } finally {
      this.#underWay--;
      channel?.port1.close();
    }
  }

  /** What the worker knows of this table; undefined where it has to be given the table first. */
  #knownOf({ table, features, rois }: Listed): Known | undefined {
    const same =
      this.#loaded?.table === table &&
      this.#loaded.base === rois.base &&
      this.#loaded.features === features;
    if (!same) {
      this.#loaded = { table, base: rois.base, features };
      this.#opening++;
      this.#known = undefined;
    }
    return this.#known;
  }
}

function everyEdit(rois: Rois): readonly number[] {
  return [...rois.overlay.keys()];
}
