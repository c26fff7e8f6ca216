/** What a run did. */
import type { FaultData } from "../base/fault.ts";
import type { RoiId } from "../roi/rois.ts";
import type { RunHeader } from "./journal.ts";
import type { Plan } from "./plan.ts";
import type { RecipeRoi } from "./recipe.ts";

/** What became of a unit. Plain data: kept in the journal. */
export type UnitReport =
  | {
      readonly kind: "done";
      readonly objects: number;
      /** What was found on the way, by name: a threshold. */
      readonly facts: Readonly<Record<string, number>>;
      /** From its start to its result: reading and computing. */
      readonly ms: number;
    }
  | { readonly kind: "failed"; readonly fault: FaultData };

/** What became of one ROI, or of one of its channels or time points. */
export type RoiReport = {
  readonly id: RoiId;
  readonly name: string;
  /** Where an ROI is one unit for each channel, or for each time point. */
  readonly channel?: number;
  readonly time?: number;
} & (UnitReport | { readonly kind: "skipped"; readonly why: string });

/** Plain data: it crosses threads, and is kept with the output. */
export interface Summary {
  /** The name of the label or image that was made; of the table, where only a table was. */
  readonly output: string;
  readonly objects: number;
  /** In ROI order. */
  readonly rois: readonly RoiReport[];
  /** Chunks stored, per level of the output, finest first; chunks that stayed 0 are not stored. */
  readonly chunks: readonly number[];
  /** How often the chunk that was stored most often was stored; 0 where none was. */
  readonly mostWrites: number;
  /** Chunks that were stored again since the run was cut off right after they were. */
  readonly repeats: number;
  /** How often a chunk went to the scratch folder and back, for want of memory. */
  readonly spills: number;
  readonly ms: number;
}

/** What is known of a run's units and chunks. */
export interface Done {
  /** By unit index. */
  readonly reports: ReadonlyMap<number, UnitReport>;
  /** How often each chunk was stored, per level. */
  readonly writes: readonly ReadonlyMap<string, number>[];
  readonly repeats: number;
  readonly spills: number;
  readonly ms: number;
}

/** Says what a run did, in ROI order. */
export function summaryOf({ recipe, makes }: RunHeader, plan: Plan, done: Done): Summary {
  const { reports, writes, repeats, spills, ms } = done;
  const channel = (c: number) => (makes.channels.length > 1 ? { channel: c } : {});
  const hasTimes = plan.units.some(({ t }) => t !== plan.units[0]?.t);
  const time = (t: number) => (hasTimes ? { time: t } : {});
  const found = new Map<RecipeRoi, RoiReport[]>();
  for (const { roi, why } of plan.skipped)
    found.set(roi, [{ ...named(roi), kind: "skipped", why }]);
  for (const { index, roi, t, c } of plan.units) {
    const report = reports.get(index);
    const ofRoi = found.get(roi) ?? [];
    found.set(roi, ofRoi);
    if (report) ofRoi.push({ ...named(roi), ...time(t), ...channel(c), ...report });
  }
  let objects = 0;
  for (const report of reports.values()) if (report.kind === "done") objects += report.objects;
  return {
    output: makes.array?.name ?? makes.table?.name ?? "",
    objects,
    rois: recipe.rois.flatMap((roi) => found.get(roi) ?? []),
    chunks: writes.map(({ size }) => size),
    mostWrites: largest(writes.flatMap((level) => [...level.values()])),
    repeats,
    spills,
    ms,
  };
}

/** There may be more chunks than a call takes arguments. */
function largest(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

function named({ id, name }: RecipeRoi): { readonly id: RoiId; readonly name: string } {
  return { id, name };
}
