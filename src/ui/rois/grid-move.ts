/** Where a key takes the cell that has the keyboard, as the ARIA pattern of grids has it. */

export interface Cell {
  /** From 0; -1 before any row was entered. */
  readonly row: number;
  readonly column: number;
}

export interface GridStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Rows that a page goes on. */
const PAGE = 12;

/**
 * The next cell; undefined for a key that is not the grid's: arrows with Ctrl or Alt change ROIs.
 * @param size how many rows and columns there are
 */
export function gridMove(
  { key, ctrlKey, metaKey, altKey }: GridStroke,
  { row, column }: Cell,
  size: { readonly rows: number; readonly columns: number },
): Cell | undefined {
  const ctrl = ctrlKey || metaKey;
  if (altKey || size.rows === 0 || (ctrl && key !== "Home" && key !== "End")) return undefined;
  const to = (down: number, across: number): Cell => ({
    row: Math.min(size.rows - 1, Math.max(0, down)),
    column: Math.min(size.columns - 1, Math.max(0, across)),
  });
  switch (key) {
    case "ArrowDown":
      return to(row + 1, column);
    case "ArrowUp":
      return to(row - 1, column);
    case "PageDown":
      return to(row + PAGE, column);
    case "PageUp":
      return to(row - PAGE, column);
    case "ArrowRight":
      return to(row, column + 1);
    case "ArrowLeft":
      return to(row, column - 1);
    case "Home":
      return to(ctrl ? 0 : row, 0);
    case "End":
      return to(ctrl ? size.rows - 1 : row, size.columns - 1);
    default:
      return undefined;
  }
}
