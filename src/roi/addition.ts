/** What very many ROIs are made of at once: a text that was copied somewhere, or ROIs that are there already. */
import type { Table } from "../table/table.ts";
import { type Copies, type NewRoi, newCopies } from "./add.ts";
import { cellsFor } from "./copied.ts";
import { type Frame, type InImage, inImage } from "./found-roi.ts";
import { roisOfText } from "./pasted.ts";
import type { Rois } from "./rois.ts";

export type Addition =
  | { readonly kind: "text"; readonly text: string; readonly frame: Frame }
  | { readonly kind: "copies"; readonly copies: Copies };

/**
 * The ROIs to be added to a table, with the values that its columns can hold.
 * @throws Fault "input" where a text says none, with the row, or where none lies in the image
 */
export function madeOf(addition: Addition, table: Table, rois: Rois): InImage {
  switch (addition.kind) {
    case "copies":
      return { made: newCopies(rois, addition.copies), warning: undefined };
    case "text": {
      const { text, frame } = addition;
      const { made, warning } = inImage(roisOfText(text, frame), frame.grid);
      const withCells = made.map(
        ({ cells, ...roi }): NewRoi => (cells ? { ...roi, ...cellsFor(table, rois, cells) } : roi),
      );
      return { made: withCells, warning };
    }
  }
}
