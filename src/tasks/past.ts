/** What a run's journal says of it: how far it came, and what is left to do. */
import type { Extents } from "../roi/object-extents.ts";
import { coordsKey } from "../zarr/chunk-grid.ts";
import type { Options, WritableStore } from "../zarr/store.ts";
import {
  type JournalRecord,
  type MadeGroup,
  type RunHeader,
  readHeader,
  readRecords,
} from "./journal.ts";
import { anyRecordShape, recordShape } from "./journal-shape.ts";
import { type ExtentsByChunk, extentsFromJson } from "./object-boxes.ts";
import { rowsFromJson } from "./rows-json.ts";
import type { UnitReport } from "./summary.ts";
import type { Rows } from "./unit-result.ts";

/** One go through units: the whole run, or those that failed in it before. */
export interface Pass {
  /** Indices of the units; all of the plan's unless said. */
  readonly units: readonly number[] | undefined;
  /** Objects there were before. */
  readonly objects: number;
  /** The units that were retired in it. */
  readonly retired: ReadonlySet<number>;
  /** Coordinates of the chunks stored in it, per level; and the same by name. */
  readonly stored: readonly (readonly (readonly number[])[])[];
  readonly isStored: (level: number, coords: readonly number[]) => boolean;
}

export interface Past {
  readonly header: RunHeader;
  /** What it made or is about to; undefined where nothing was touched yet. */
  readonly groups: readonly MadeGroup[] | undefined;
  readonly isMade: boolean;
  readonly isEnded: boolean;
  readonly pass: Pass;
  /** What became of units so far, by index. */
  readonly reports: ReadonlyMap<number, UnitReport>;
  readonly rows: ReadonlyMap<number, Rows>;
  readonly extents: ExtentsByChunk;
  /** How often each chunk was stored, per level, by its coordinates; those stored and not told are not known. */
  readonly writes: readonly ReadonlyMap<string, number>[];
  readonly repeats: number;
  /** Of the runs before this one nothing is known. */
  readonly spills: 0;
  readonly ms: number;
}

/** What is known of the run in a folder; undefined where none was begun. @throws as `readHeader` and `readRecords` */
export async function readPast(
  folder: WritableStore,
  options: Options = {},
): Promise<Past | undefined> {
  const header = await readHeader(folder, options);
  return header && pastOf(header, await readRecords(folder, recordShape, options));
}

/** What the run in a folder made, or was about to, whatever version of Fovea began it; undefined where there is none. */
export async function readMade(
  folder: WritableStore,
  options: Options = {},
): Promise<{ readonly groups: readonly MadeGroup[]; readonly isEnded: boolean } | undefined> {
  const records = await readRecords(folder, anyRecordShape, options);
  const groups = records.find(({ groups }) => groups !== undefined)?.groups;
  return groups && { groups, isEnded: records.at(-1)?.kind === "ended" };
}

/** @param records in the order they were made. */
function pastOf(header: RunHeader, records: readonly JournalRecord[]): Past {
  const reports = new Map<number, UnitReport>();
  const rows = new Map<number, Rows>();
  const extents = new Map<string, Extents>();
  const writes: Map<string, number>[] = [];
  let groups: readonly MadeGroup[] | undefined;
  let [isMade, isEnded, repeats, ms] = [false, false, 0, 0];
  let pass = newPass(undefined, 0);
  for (const record of records)
    switch (record.kind) {
      case "kept":
        groups = record.groups;
        break;
      case "made":
        isMade = true;
        break;
      case "retired":
        pass.retired.add(record.unit);
        reports.set(record.unit, record.report);
        if (record.rows) rows.set(record.unit, rowsFromJson(record.rows));
        break;
      case "stored": {
        const { level, coords, isFile } = record;
        addTo(pass.stored, level, coords);
        if (record.objects) extents.set(coordsKey(coords), extentsFromJson(record.objects));
        if (isFile) count(writes, level, coordsKey(coords));
        break;
      }
      case "ended":
        isEnded = true;
        repeats += record.repeats;
        ms += record.ms;
        break;
      case "retry":
        isEnded = false;
        pass = newPass(record.units, objectsIn(reports));
        break;
    }
  const { units, objects, retired } = pass;
  const stored = pass.stored.map((level) => [...level.values()]);
  const isStored = (level: number, coords: readonly number[]): boolean =>
    pass.stored[level]?.has(coordsKey(coords)) ?? false;
  return {
    header,
    groups,
    isMade,
    isEnded,
    pass: { units, objects, retired, stored, isStored },
    reports,
    rows,
    extents,
    writes,
    repeats,
    spills: 0,
    ms,
  };
}

/** How many objects the units have that are done. */
function objectsIn(reports: ReadonlyMap<number, UnitReport>): number {
  let sum = 0;
  for (const report of reports.values()) if (report.kind === "done") sum += report.objects;
  return sum;
}

function newPass(units: readonly number[] | undefined, objects: number) {
  const stored: Map<string, readonly number[]>[] = [];
  return { units, objects, retired: new Set<number>(), stored };
}

function addTo(
  levels: Map<string, readonly number[]>[],
  level: number,
  coords: readonly number[],
): void {
  while (levels.length <= level) levels.push(new Map());
  levels[level]?.set(coordsKey(coords), coords);
}

function count(levels: Map<string, number>[], level: number, key: string): void {
  while (levels.length <= level) levels.push(new Map());
  levels[level]?.set(key, (levels[level]?.get(key) ?? 0) + 1);
}
