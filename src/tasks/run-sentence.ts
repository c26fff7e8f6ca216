/** What runs did, counted and said in a sentence: of one image, or of those of many wells. */
import { counted } from "../base/counted.ts";
import { type TaskId, tasks } from "./catalogue.ts";
import type { RoiReport, Summary } from "./summary.ts";

/** Plain data: kept of each well of a plate. */
export interface Counts {
  /** Found, or measured. */
  readonly objects: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  /** Whether all that were done are fields of view. */
  readonly areFovs: boolean;
  /** Per ROI. */
  readonly channels: number;
  /** Chunks of the finest level that were stored, and how often the one that was stored most often was. */
  readonly chunks: number;
  readonly mostWrites: number;
}

const NONE: Counts = {
  objects: 0,
  done: 0,
  failed: 0,
  skipped: 0,
  areFovs: true,
  channels: 1,
  chunks: 0,
  mostWrites: 0,
};

/** An ROI counts once, however many channels and time points it has; it has failed where one of them has. */
export function countsOf({ rois, objects, chunks, mostWrites }: Summary): Counts {
  const idsOf = (kind: RoiReport["kind"]) =>
    new Set(rois.filter((roi) => roi.kind === kind).map(({ id }) => id));
  const failed = idsOf("failed");
  const done = rois.filter(({ kind, id }) => kind === "done" && !failed.has(id));
  return {
    objects,
    done: new Set(done.map(({ id }) => id)).size,
    failed: failed.size,
    skipped: idsOf("skipped").size,
    areFovs: done.every(({ name }) => /^FOV/i.test(name)),
    channels: Math.max(1, new Set(rois.map(({ channel }) => channel)).size),
    chunks: chunks[0] ?? 0,
    mostWrites,
  };
}

/** What runs on several images did together. */
export function sumOf(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({
      objects: sum.objects + one.objects,
      done: sum.done + one.done,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
      areFovs: sum.areFovs && one.areFovs,
      channels: Math.max(sum.channels, one.channels),
      chunks: sum.chunks + one.chunks,
      mostWrites: Math.max(sum.mostWrites, one.mostWrites),
    }),
    NONE,
  );
}

export interface Told {
  readonly task: TaskId;
  readonly outputName: string;
  /** How many objects there are, where that is known. */
  readonly truth?: number | undefined;
  /** How many wells it was, where it was no single image. */
  readonly wells?: number;
}

/** "412 nuclei in 4 FOVs (truth 418); 1 chunk, written once", "1,204 objects measured in 12 FOVs of 3 wells". */
export function runSentence(counts: Counts, { task, outputName, truth, wells }: Told): string {
  const { objects, done, failed, skipped, areFovs, channels } = counts;
  const { output, verb = "processed" } = tasks[task];
  const rois = counted(done, areFovs ? "FOV" : "ROI");
  const ofWells = wells === undefined ? "" : ` of ${counted(wells, "well")}`;
  const parts: string[] = [];
  switch (output) {
    case "label": {
      const known = truth === undefined ? "" : ` (truth ${truth})`;
      parts.push(`${objectsIn(outputName, objects)} in ${rois}${ofWells}${known}`);
      break;
    }
    case "table":
      parts.push(`${counted(objects, "object")} measured in ${rois}${ofWells}`);
      break;
    case "image": {
      const perRoi = channels > 1 ? ` × ${channels} channels` : "";
      parts.push(`${rois}${perRoi}${ofWells} ${verb}`);
      break;
    }
  }
  if (output !== "table") parts.push(chunkPart(counts));
  if (failed > 0) parts.push(`${failed} failed`);
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return parts.join("; ");
}

/** By the label's name where that says what they are. */
function objectsIn(label: string, count: number): string {
  return /^nucle(i|us)/i.test(label)
    ? counted(count, "nucleus", "nuclei")
    : counted(count, "object");
}

function chunkPart({ chunks, mostWrites }: Counts): string {
  if (chunks === 0) return "no chunk written";
  const each = chunks > 1 ? " each" : "";
  return `${counted(chunks, "chunk")},${each} written ${mostWrites === 1 ? "once" : `up to ${mostWrites} times`}`;
}
