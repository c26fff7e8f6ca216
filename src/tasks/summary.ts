/** What a run did, as values and as a sentence. */
import type { FaultData } from "../base/fault.ts";
import type { RoiId } from "../roi/rois.ts";

/** What became of one ROI. */
export type RoiReport = { readonly id: RoiId; readonly name: string } & (
  | {
      readonly kind: "done";
      readonly objects: number;
      readonly threshold: number;
      /** From its start to its result: reading and computing. */
      readonly ms: number;
    }
  | { readonly kind: "failed"; readonly fault: FaultData }
  | { readonly kind: "skipped"; readonly why: string }
);

/** Plain data: it crosses threads, and is kept with the label. */
export interface Summary {
  /** The label's name. */
  readonly label: string;
  readonly objects: number;
  /** In ROI order. */
  readonly rois: readonly RoiReport[];
  /** Chunks stored, per level of the label, finest first; chunks that stayed 0 are not stored. */
  readonly chunks: readonly number[];
  /** How often the chunk that was stored most often was stored; 0 where none was. */
  readonly mostWrites: number;
  readonly ms: number;
}

/**
 * A run in a sentence: "412 nuclei in 4 FOVs (truth 418); 1 chunk, written once".
 * @param truth how many there are, where that is known.
 */
export function summarySentence(summary: Summary, truth?: number): string {
  const of = (kind: RoiReport["kind"]) => summary.rois.filter((roi) => roi.kind === kind);
  const done = of("done");
  const noun = done.every(({ name }) => /^FOV/i.test(name)) ? "FOV" : "ROI";
  const found = `${counted(summary.objects, "nucleus", "nuclei")} in ${counted(done.length, noun)}`;
  const known = truth === undefined ? "" : ` (truth ${truth})`;
  const parts = [`${found}${known}`, chunkPart(summary)];
  if (of("failed").length > 0) parts.push(`${of("failed").length} failed`);
  if (of("skipped").length > 0) parts.push(`${of("skipped").length} skipped`);
  return parts.join("; ");
}

function chunkPart({ chunks, mostWrites }: Summary): string {
  const finest = chunks[0] ?? 0;
  if (finest === 0) return "no chunk written";
  const each = finest > 1 ? " each" : "";
  return `${counted(finest, "chunk")},${each} written ${mostWrites === 1 ? "once" : `up to ${mostWrites} times`}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
