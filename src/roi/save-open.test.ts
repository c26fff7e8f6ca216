/** What is saved is what is opened again: names with odd text, columns Fovea does not know, any edits, both backends. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { worldBox } from "../geometry/box.ts";
import { withColumn } from "../table/columns.ts";
import { createTable } from "../table/create-table.ts";
import { readTable } from "../table/read-table.ts";
import { saveTable } from "../table/save-table.ts";
import type { Backend, Table } from "../table/table.ts";
import { openStore } from "../zarr/open-store.ts";
import { newRoiTable } from "./new-roi-table.ts";
import { roisFromTable, tableFromRois } from "./roi-table.ts";
import { applied, type Cell, idsOf, type Roi, type RoiDiff, type Rois, roiAt } from "./rois.ts";
import { cellOf } from "./values.ts";

const path = "tables/FOV_ROI_table";

const odd = fc.constantFrom(
  ...["a,b", 'say "so"', "two\nlines", " led", "tail ", "=1+1", "01", "1.5", "true", "NaN"],
  ...["2024-01-01", "Zelle µ", "細胞", "🔬", "a\tb", "null", "'", ";", "#", "-"],
);
const text = fc.oneof(odd, fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }));
// Quarters are exact, so that a corner and a length give the other corner back.
const quarter = fc.integer({ min: -400, max: 4000 }).map((n) => n / 4);
const box = fc
  .tuple(quarter, quarter, quarter, fc.nat(400), fc.nat(400), fc.nat(400))
  .map(([z, y, x, dz, dy, dx]) => worldBox([z, y, x], [z + dz / 4, y + dy / 4, x + dx / 4]));
const row = fc.record({ name: text, box, note: fc.option(text, { nil: undefined }) });
const rows = fc.uniqueArray(row, { selector: ({ name }) => name, minLength: 1, maxLength: 6 });
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(Number.NaN),
);

const change = fc.record({
  at: fc.nat(9),
  kind: fc.constantFrom("move", "rename", "delete", "add", "value"),
  name: text,
  box,
  note: text,
});

/** The ROIs after edits; a name that is taken is left out. */
function edited(
  rois: Rois,
  changes: readonly { at: number; kind: string; name: string; box: Roi["box"]; note: string }[],
): Rois {
  let now = rois;
  for (const { at, kind, name, box: to, note } of changes) {
    const ids = idsOf(now);
    const id = ids[at % Math.max(1, ids.length)];
    const from = id === undefined ? undefined : roiAt(now, id);
    const isTaken = ids.some((other) => roiAt(now, other)?.name === name);
    const diff: RoiDiff = new Map(
      kind === "add" && !isTaken
        ? [[now.nextId, { from: undefined, to: { name, box: to, label: undefined } }]]
        : id === undefined || !from
          ? []
          : [
              [
                id,
                {
                  from,
                  to: valueAfter(kind, from, { name: isTaken ? from.name : name, to, note }),
                },
              ],
            ],
    );
    now = applied(now, diff);
  }
  return now;
}

function valueAfter(
  kind: string,
  from: Roi,
  { name, to, note }: { name: string; to: Roi["box"]; note: string },
): Roi | undefined {
  if (kind === "delete") return undefined;
  if (kind === "move") return { ...from, box: to };
  if (kind === "rename") return { ...from, name };
  if (kind === "value") return { ...from, cells: new Map([...(from.cells ?? []), ["note", note]]) };
  return from;
}

/** All that there is to know of a table's ROIs. */
function seen(table: Table, rois: Rois): readonly Cell[][] {
  return idsOf(rois).map((id) => {
    const roi = roiAt(rois, id);
    const { min, max } = roi?.box ?? { min: [], max: [] };
    const cells = ["note", "score", "flag"].map((column) => cellOf(table, rois, id, column));
    return [roi?.name, ...min, ...max, ...cells];
  });
}

test.each<Backend>(["csv", "anndata"])("in %s", async (backend) => {
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.array(number, { minLength: 6, maxLength: 6 }),
      fc.array(change, { maxLength: 5 }),
      async (first, numbers, changes) => {
        const store = openStore({ kind: "memory", entries: new Map() });
        const rois = first.map(({ name, box: at }) => ({ name, box: at, label: undefined }));
        let table = newRoiTable({ path, zarrFormat: 2, backend, rois });
        const count = first.length;
        const notes = first.map(({ note }) => note);
        table = withColumn(table, "note", { kind: "text", values: notes, categorical: false });
        const values = Float64Array.from(numbers.slice(0, count));
        table = withColumn(table, "score", { kind: "number", values, dtype: "float64" });
        const flags = numbers.slice(0, count).map((n) => n > 0);
        table = withColumn(table, "flag", { kind: "bool", values: flags });
        await createTable({ store, table });

        const previous = await readTable(store, path, 2);
        const opened = roisFromTable(previous).rois;
        expect(seen(previous, opened)).toEqual(seen(table, roisFromTable(table).rois));

        const after = edited(opened, changes);
        const next = tableFromRois(previous, after);
        const journal = openStore({ kind: "memory", entries: new Map() });
        await saveTable({ store, table: next, previous, journal, identity: "test" });
        const again = await readTable(store, path, 2);
        expect(seen(again, roisFromTable(again).rois)).toEqual(seen(previous, after));
      },
    ),
    { numRuns: 60 },
  );
});
