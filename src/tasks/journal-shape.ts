/** What the files of a run's journal must say: whoever reads them may trust them then. */
import type { FaultData, FaultTag } from "../base/fault.ts";
import {
  anyFlag,
  anyNumber,
  anyObject,
  anyText,
  byKind,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  optional,
  type Shape,
} from "../base/json-shape.ts";
import type { NumberType } from "../zarr/array.ts";
import type { JournalRecord, MadeGroup, RunHeader } from "./journal.ts";
import type { Ids, MadeArray, MadeTable, Makes } from "./makes.ts";
import { indices, recipeShape, zyx } from "./recipe-shape.ts";
import type { UnitReport } from "./summary.ts";

const dtype = oneOf<NumberType>(
  ...(["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const),
  ...(["float16", "float32", "float64", "bool"] as const),
);

const made = { name: anyText, merge: oneOf("overwrite", "nonzero", "max", "min") };

const makes = objectOf<Makes>({
  halo: zyx,
  channels: indices,
  times: optional(oneOf("all")),
  array: optional(
    byKind<MadeArray>({
      label: objectOf({
        ...made,
        ids: byKind<Ids>({ dense: objectOf({}), block: objectOf({ size: anyNumber }) }),
        resolution: oneOf("level", "image"),
      }),
      image: objectOf({
        ...made,
        dtype,
        z: oneOf("all", "projected"),
        copies: optional(listOf(oneOf("labels", "tables"))),
      }),
      "in-place": objectOf({ ...made, dtype }),
    }),
  ),
  table: optional(
    objectOf<MadeTable>({
      kind: oneOf("features", "masking"),
      name: anyText,
      region: anyText,
      backend: oneOf("csv", "anndata"),
    }),
  ),
});

/** Of one whose recipe is known. */
export const headerShape: Shape<RunHeader> = objectOf<RunHeader>({
  journal: oneOf(2),
  id: anyText,
  recipe: recipeShape,
  makes,
  replace: anyFlag,
  version: anyText,
  path: anyText,
  planHash: anyText,
  begin: anyText,
});

const groupsShape: Shape<readonly MadeGroup[]> = listOf(
  objectOf<MadeGroup>({
    list: oneOf("labels", "tables", "images"),
    name: anyText,
    path: anyText,
    before: oneOf("nothing", "unlisted", "listed", "itself"),
    isListNew: optional(oneOf(true)),
  }),
);

// One that this version does not know is told by its sentence all the same.
const tag: Shape<FaultTag> = { problem: anyText.problem };

const report = byKind<UnitReport>({
  done: objectOf({ objects: anyNumber, facts: mapOf(anyNumber), ms: anyNumber }),
  failed: objectOf({
    fault: objectOf<FaultData>({ tag, message: anyText, where: optional(anyText) }),
  }),
});

export const recordShape: Shape<JournalRecord> = byKind<JournalRecord>({
  kept: objectOf({ groups: groupsShape }),
  made: objectOf({}),
  retired: objectOf({ unit: anyNumber, report, rows: optional(anyObject) }),
  stored: objectOf({
    level: anyNumber,
    coords: indices,
    isFile: anyFlag,
    objects: optional(listOf(indices)),
  }),
  ended: objectOf({ repeats: anyNumber, ms: anyNumber }),
  retry: objectOf({ units: indices }),
});

/** Of whatever version: what it made, and whether it ended. */
export const anyRecordShape: Shape<{
  readonly kind: string;
  readonly groups?: readonly MadeGroup[];
}> = objectOf<{ readonly kind: string; readonly groups?: readonly MadeGroup[] }>({
  kind: anyText,
  groups: optional(groupsShape),
});
