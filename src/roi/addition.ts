/** What very many ROIs are made of at once: a text that was copied somewhere, a grid, or ROIs that are there already. */
import type { Box } from "../geometry/box.ts";
import { type PixelGrid, worldFromPixel } from "../geometry/pixel-grid.ts";
import type { Table } from "../table/table.ts";
import { type Copies, type NewRoi, newCopies } from "./add.ts";
import { cellsFor } from "./copied.ts";
import { type Frame, type InImage, inImage } from "./found-roi.ts";
import { type GridSpec, gridOf } from "./grid.ts";
import { roisOfText } from "./pasted.ts";
import type { Rois } from "./rois.ts";

export type Addition =
  | { readonly kind: "text"; readonly text: string; readonly frame: Frame }
  | { readonly kind: "copies"; readonly copies: Copies }
  | GridAddition;

/** A grid over a part of a level. */
export interface GridAddition {
  readonly kind: "grid";
  readonly area: Box<"pixel">;
  readonly spec: GridSpec;
  readonly level: PixelGrid;
}

/**
 * The ROIs to be added to a table, with the values that its columns can hold.
 * @throws Fault "input" where a text says none, with the row, or where none lies in the image
 */
export function madeOf(addition: Addition, table: Table, rois: Rois): InImage {
  switch (addition.kind) {
    case "copies":
      return { made: newCopies(rois, addition.copies), warning: undefined };
    case "grid": {
      const { area, spec, level } = addition;
      const made = gridOf(area, spec).map((box): NewRoi => ({ box: worldFromPixel(level, box) }));
      return { made, warning: undefined };
    }
    case "text": {
      const { text, frame } = addition;
      const { made, warning } = inImage(roisOfText(text, frame), frame.grid);
      const lost = new Set<string>();
      const withCells = made.map(
        ({ cells, ...roi }): NewRoi =>
          cells ? { ...roi, ...cellsFor(table, rois, cells, lost) } : roi,
      );
      const warnings = [warning, lostSaid([...lost])].filter((one) => one !== undefined);
      return { made: withCells, warning: warnings.join(". ") || undefined };
    }
  }
}

/** More columns than this are counted, not named. */
const NAMED = 4;

function lostSaid(columns: readonly string[]): string | undefined {
  if (columns.length === 0) return undefined;
  const names = columns.slice(0, NAMED).map((name) => `"${name}"`);
  const more = columns.length > NAMED ? ` and ${columns.length - NAMED} more` : "";
  return `The table cannot hold the values of ${names.join(", ")}${more}: they were left out`;
}
