/** Computes the units of a run and writes them to all levels of its output: in order, and every chunk once. */
import { counted } from "../base/counted.ts";
import { Fault, type FaultData, faultData, isFault } from "../base/fault.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import { PyramidWriter } from "../ome/pyramid-writer.ts";
import { type Extents, extentsOf } from "../roi/object-extents.ts";
import { coordsKey, placeOf } from "../zarr/chunk-grid.ts";
import type { Options, WritableStore } from "../zarr/store.ts";
import { type Committed, OrderedCommit } from "./commit.ts";
import { computeAhead, type Outcome } from "./compute-ahead.ts";
import type { RunEvent } from "./events.ts";
import type { Executor } from "./executor.ts";
import { arrayBefore } from "./in-place.ts";
import type { Journal } from "./journal.ts";
import type { Makes } from "./makes.ts";
import { type ExtentsByChunk, extentsToJson } from "./object-boxes.ts";
import type { Past } from "./past.ts";
import { type Plan, turnsOf, type Unit } from "./plan.ts";
import { rowsToJson } from "./rows-json.ts";
import type { UnitReport } from "./summary.ts";
import type { Rows } from "./unit-result.ts";

export interface FillSpec {
  /** Its voxels are all 0, or as `past` says; undefined where only a table is made. */
  readonly output: Multiscale | undefined;
  readonly plan: Plan;
  readonly makes: Makes;
  readonly executor: Executor;
  readonly onEvent: (event: RunEvent) => void;
  /** How far the run came before; undefined for a new one. */
  readonly past: Past | undefined;
  readonly journal: Journal | undefined;
  /** For chunks that wait, once they take more than half of `bytes`; the other half is for results that wait. */
  readonly scratch: WritableStore | undefined;
  readonly bytes: number;
  readonly pause: AbortSignal | undefined;
}

export interface Filled {
  /** By unit index, of all units. */
  readonly reports: ReadonlyMap<number, UnitReport>;
  readonly rows: ReadonlyMap<number, Rows>;
  /** Empty where no table is made of them. */
  readonly extents: ExtentsByChunk;
  /** How often each chunk was stored, per level, by its coordinates. */
  readonly writes: readonly ReadonlyMap<string, number>[];
  readonly repeats: number;
  readonly spills: number;
}

/**
 * Goes through the units that are left. When it rejects, nothing is being computed any more, but chunks may still be on
 * their way to the store: shut it (`StoreFence`).
 * @throws Fault "aborted"; "paused"; "denied" where an ROI could not be read and the run can go on; what storing throws
 */
export async function fill(spec: FillSpec, options: Options = {}): Promise<Filled> {
  return new Filling(spec, options).run();
}

class Filling {
  readonly #reports: Map<number, UnitReport>;
  readonly #rows: Map<number, Rows>;
  readonly #extents: Map<string, Extents>;
  readonly #writes: Map<string, number>[];
  readonly #spec: FillSpec;
  readonly #options: Options;
  readonly #units: readonly Unit[];
  readonly #writer: PyramidWriter | undefined;
  readonly #commit: OrderedCommit;
  /** Of the units, the next to be committed or passed over. */
  #next = 0;

  constructor(spec: FillSpec, options: Options) {
    const { output, plan, makes, past } = spec;
    this.#spec = spec;
    this.#options = options;
    this.#reports = new Map(past?.reports);
    this.#rows = new Map(past?.rows);
    this.#extents = new Map(past?.extents);
    this.#writes = (output?.levels ?? []).map((_, level) => new Map(past?.writes[level]));
    const only = past?.pass.units && new Set(past.pass.units);
    this.#units = only ? plan.units.filter(({ index }) => only.has(index)) : plan.units;
    this.#writer = output && this.#writerOf(output);
    this.#commit = new OrderedCommit({
      axes: output?.axes ?? [],
      ids: makes.array?.kind === "label" ? makes.array.ids : { kind: "dense" },
      sink: this.#writer,
      objects: past?.pass.objects ?? 0,
    });
  }

  async run(): Promise<Filled> {
    const { executor, onEvent, past, journal, pause, bytes } = this.#spec;
    await this.#writer?.resume(past?.pass.stored ?? [], this.#options);
    const left = this.#units.filter((unit) => !this.#isBehind(unit));
    const pace = {
      onStart: ({ roi }: Unit) => onEvent({ kind: "started", roi }),
      bytes: bytes / 2,
      // Where nothing is kept to go on with, a pause would be an end.
      pause: journal && pause,
    };
    let taken = 0;
    for await (const outcome of computeAhead(left, executor, pace, this.#options)) {
      await this.#passOver(outcome.unit);
      await this.#take(outcome);
      taken++;
    }
    if (taken < left.length) {
      await this.#writer?.drain();
      await journal?.flush();
      throw new Fault("paused", `Paused after ${taken} of ${counted(left.length, "ROI")}`);
    }
    await this.#passOver(undefined);
    await this.#writer?.finish();
    await journal?.flush();
    return {
      reports: this.#reports,
      rows: this.#rows,
      extents: this.#extents,
      writes: this.#writes,
      repeats: (past?.repeats ?? 0) + (this.#writer?.repeats ?? 0),
      spills: this.#writer?.spills ?? 0,
    };
  }

  /** Whether a unit need not be computed again: it failed, or all that it touches is stored. */
  #isBehind({ index, chunks }: Unit): boolean {
    const { past, plan } = this.#spec;
    if (!past?.pass.retired.has(index)) return false;
    if (past.reports.get(index)?.kind === "failed") return true;
    return chunks.every((coords) => past.pass.isStored(plan.at, coords));
  }

  /** Passes over the units before the given one, which are behind us. */
  async #passOver(before: Unit | undefined): Promise<void> {
    for (
      let unit = this.#units[this.#next];
      unit && unit !== before;
      unit = this.#units[++this.#next]
    ) {
      const report = this.#reports.get(unit.index);
      if (report?.kind === "done") this.#commit.skip(unit, report.objects);
      else await this.#commit.release(unit, this.#options);
    }
    this.#next++;
  }

  async #take(outcome: Outcome): Promise<void> {
    const { unit } = outcome;
    const before = this.#spec.past?.pass.retired.has(unit.index)
      ? this.#reports.get(unit.index)
      : undefined;
    if (outcome.kind === "failed") return this.#fail(unit, outcome.fault, before);
    let committed: Committed;
    try {
      committed = this.#commit.number(unit, outcome.result);
    } catch (error) {
      // More objects than there are ids for: it fails alone, as an ROI that could not be computed.
      if (!isFault(error, "unsupported")) throw error;
      return this.#fail(unit, faultData(error), before);
    }
    await this.#retire(outcome, committed, before);
  }

  async #fail(unit: Unit, fault: FaultData, before: UnitReport | undefined): Promise<void> {
    // Once access is gone every ROI would fail; and what counted on this one's objects cannot do without them.
    if (before || (fault.tag === "denied" && this.#spec.journal))
      throw new Fault(fault.tag, `"${unit.roi.name}" could not be processed: ${fault.message}`, {
        ...(fault.where === undefined ? {} : { where: fault.where }),
      });
    this.#report(unit, { kind: "failed", fault });
    await this.#commit.release(unit, this.#options);
    this.#spec.onEvent({ kind: "failed", roi: unit.roi, fault });
  }

  async #retire(
    { unit, result, ms }: Extract<Outcome, { kind: "done" }>,
    committed: Committed,
    before: UnitReport | undefined,
  ): Promise<void> {
    const { roi } = unit;
    const { objects, rows, patch } = committed;
    if (before?.kind === "done" && before.objects !== objects)
      throw new Fault(
        "conflict",
        `"${roi.name}" has ${counted(objects, "object")} now and had ${before.objects} before, so the run cannot go on; cancel it`,
      );
    if (rows) this.#rows.set(unit.index, rows);
    this.#report(unit, { kind: "done", objects, facts: result.facts ?? {}, ms }, rows);
    await this.#commit.write(committed, this.#options).catch((error: unknown) => {
      throw isFault(error, "quota") || isFault(error, "denied") ? whileAt(error, unit) : error;
    });
    this.#spec.onEvent({ kind: "retired", roi, patch, count: objects });
  }

  /** Told to the journal before any chunk of the unit can be, so that a chunk that is known has units that are known. */
  #report({ index: unit }: Unit, report: UnitReport, rows?: Rows): void {
    this.#reports.set(unit, report);
    const record = { kind: "retired", unit, report } as const;
    this.#spec.journal?.append(rows ? { ...record, rows: rowsToJson(rows) } : record);
  }

  #writerOf({ levels }: Multiscale): PyramidWriter {
    const { plan, makes, past, executor, scratch, bytes, journal, onEvent } = this.#spec;
    const [finest, ...coarser] = levels;
    const turns = turnsOf(this.#units);
    const { pass } = past ?? {};
    return new PyramidWriter({
      arrays: [finest.array, ...coarser.map(({ array }) => array)],
      at: plan.at,
      touches: (coords) => turns.get(coordsKey(coords))?.length ?? 0,
      turns: (coords) => turns.get(coordsKey(coords)) ?? [],
      merge: makes.array?.merge ?? "overwrite",
      existing: pass?.units ? "read" : past ? "refill" : "fill",
      ...(scratch && makes.array?.kind === "in-place"
        ? { before: levels.map(({ array }) => arrayBefore(scratch, array)) }
        : {}),
      sample: makes.array?.kind === "label" ? "nearest" : "mean",
      ...(executor.encode ? { encode: executor.encode } : {}),
      ...(pass ? { isDone: pass.isStored } : {}),
      ...(scratch && journal
        ? { scratch: { store: scratch, folder: journal.spillFolder, bytes: bytes / 2 } }
        : {}),
      onMerged: (level, coords, data) => {
        const array = levels[level]?.array;
        if (level !== plan.at || array === undefined || makes.table?.kind !== "masking") return;
        this.#extents.set(coordsKey(coords), extentsOf(data, placeOf(array, coords)));
      },
      onStored: (level, coords, isFile) => {
        const found = level === plan.at ? this.#extents.get(coordsKey(coords)) : undefined;
        const objects = found && { objects: extentsToJson(found) };
        journal?.append({ kind: "stored", level, coords, isFile, ...objects });
        if (!isFile) return;
        const writes = this.#writes[level];
        writes?.set(coordsKey(coords), (writes.get(coordsKey(coords)) ?? 0) + 1);
        onEvent({ kind: "stored", level, coords });
      },
    });
  }
}

/** The chunk may be an earlier ROI's; but so the user knows how far the run came. */
function whileAt({ tag, message, where }: Fault, { roi }: Unit): Fault {
  const sentence = `${message} (while "${roi.name}" was written)`;
  return new Fault(tag, sentence, where === undefined ? {} : { where });
}
