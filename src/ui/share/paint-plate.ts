/** Paints what lies over a plate's picture, as plate.css has it on the screen. Runs in a worker, on a 2D canvas. */
import { NAMES_HEIGHT, type PlacedName, type PlateSheet } from "./plate-sheet.ts";

type Paper = OffscreenCanvasRenderingContext2D;
type Well = PlateSheet["wells"][number];

/** @param per pixels of the picture for one of the screen */
export function paintPlate(paper: Paper, { wells, names }: PlateSheet, per: number): void {
  paper.save();
  paper.setTransform(per, 0, 0, per, 0, 0);
  // Edges lie between pixels, as on the screen: lines along them are as bright everywhere.
  const even = (at: number): number => Math.round(at * per) / per;
  for (const {
    rect: [x0, y0, x1, y1],
    ...well
  } of wells)
    paintWell(paper, { ...well, rect: [even(x0), even(y0), even(x1), even(y1)] });
  if (names) {
    const view = { width: paper.canvas.width / per, height: paper.canvas.height / per };
    paintNames(paper, names, view);
  }
  paper.restore();
}

function paintWell(paper: Paper, { rect, mark, paint }: Well): void {
  const [left, top, right, bottom] = rect;
  const [width, height] = [right - left, bottom - top];
  paper.save();
  if (mark === "other") frame(paper, rect, -0.5, "#f0b429");
  if (mark === "failed") frame(paper, rect, -1, "#ff8579", 2);
  paper.beginPath();
  paper.roundRect(left, top, width, height, 2);
  paper.clip();
  // What is known of a well itself goes before what a table says of it.
  if (mark === "failed") stripe(paper, rect);
  else if (mark === "absent" || mark === "lacking") {
    paper.strokeStyle = "#ffffff59";
    paper.lineWidth = 2;
    line(paper, left, top, right, bottom);
  } else if (paint) paintGround(paper, rect, paint);
  if (mark === "empty") {
    paper.setLineDash([3, 3]);
    frame(paper, rect, 0.5, "#ffffff59");
  } else if (mark === "absent" || mark === "lacking") frame(paper, rect, 0.5, "#ffffff33");
  else frame(paper, rect, 0.5, paint?.kind === "value" ? paint.color : "#ffffff1f");
  paper.restore();
}

/** A line whose middle is so far inside the edges. */
function frame(
  paper: Paper,
  [left, top, right, bottom]: Well["rect"],
  in_: number,
  color: string,
  wide = 1,
): void {
  paper.strokeStyle = color;
  paper.lineWidth = wide;
  paper.beginPath();
  paper.roundRect(left + in_, top + in_, right - left - 2 * in_, bottom - top - 2 * in_, 2);
  paper.stroke();
}

function paintGround(
  paper: Paper,
  [left, top, right, bottom]: Well["rect"],
  paint: NonNullable<Well["paint"]>,
): void {
  paper.fillStyle = paint.kind === "value" ? paint.color : "#0c1116cc";
  paper.globalAlpha = paint.kind === "value" ? 0.58 : 1;
  paper.fillRect(left, top, right - left, bottom - top);
  paper.globalAlpha = 1;
  if (paint.kind !== "unknown") return;
  paper.fillStyle = "#ffffff8c";
  paper.beginPath();
  paper.arc((left + right) / 2, (top + bottom) / 2, 2, 0, 2 * Math.PI);
  paper.fill();
}

/** Three pixels of each eight, from the lower left to the upper right. */
function stripe(paper: Paper, [left, top, right, bottom]: Well["rect"]): void {
  const height = bottom - top;
  const step = 8 * Math.SQRT2;
  paper.strokeStyle = "#ff857940";
  paper.lineWidth = 3;
  // The first one begins in the corner inside of the frame.
  const first = left + 2 + 1.5 * Math.SQRT2;
  for (let x = first; x < right + height + step; x += step) line(paper, x, top, x - height, bottom);
}

function line(paper: Paper, x0: number, y0: number, x1: number, y1: number): void {
  paper.beginPath();
  paper.moveTo(x0, y0);
  paper.lineTo(x1, y1);
  paper.stroke();
}

/** Between a name and the edges of what it is written on. */
const BESIDE = 2;

function paintNames(
  paper: Paper,
  { columns, rows, size }: NonNullable<PlateSheet["names"]>,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  paper.font = `${size}px system-ui, sans-serif`;
  paper.textAlign = "center";
  // As style sheets have it: the font's own height is in the middle, not the letters'.
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = paper.measureText("0");
  const down = (above - below) / 2;
  const longest = Math.max(...rows.map(({ text }) => paper.measureText(text).width));
  const wide = Math.min(Math.max(22, longest + 2 * BESIDE), width / 4, 160);
  const middle = ({ from, to }: PlacedName): number => (from + to) / 2;
  paper.fillStyle = "#0c1116d9";
  paper.fillRect(0, 0, width, NAMES_HEIGHT);
  paper.fillRect(0, NAMES_HEIGHT, wide, height - NAMES_HEIGHT);
  paper.fillStyle = "#a9b8c4";
  for (const name of columns)
    inside(paper, [name.from, 0, name.to, NAMES_HEIGHT], () =>
      paper.fillText(name.text, middle(name), NAMES_HEIGHT / 2 + down),
    );
  inside(paper, [0, NAMES_HEIGHT, wide, height], () => {
    for (const name of rows) paper.fillText(name.text, wide / 2, middle(name) + down);
  });
}

function inside(paper: Paper, [x0, y0, x1, y1]: Well["rect"], paint: () => void): void {
  paper.save();
  paper.beginPath();
  paper.rect(x0, y0, x1 - x0, y1 - y0);
  paper.clip();
  paint();
  paper.restore();
}
