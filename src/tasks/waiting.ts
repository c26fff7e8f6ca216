/** How much a run holds back at once: chunks that some of their ROIs have been merged into, and others not yet. */
import { counted } from "../base/counted.ts";
import { Fault } from "../base/fault.ts";
import type { Image } from "../ome/multiscale.ts";
import { sizeOf, zeros } from "../zarr/pixels.ts";
import { type Makes, madeLevels } from "./makes.ts";
import { type Plan, turnsOf, type Unit } from "./plan.ts";
import { levelOf, type Recipe } from "./recipe.ts";

/** The most chunks that wait at once, of the level that results go to. */
function mostWaiting(units: readonly Unit[]): number {
  const changes = new Map<number, number>();
  const add = (turn: number, change: number) =>
    changes.set(turn, (changes.get(turn) ?? 0) + change);
  for (const turns of turnsOf(units).values()) {
    const [first, last] = [turns[0], turns.at(-1)];
    if (first === undefined || last === undefined || first === last) continue;
    add(first, 1);
    add(last, -1);
  }
  let [waiting, most] = [0, 0];
  for (const { index } of units) {
    waiting += changes.get(index) ?? 0;
    most = Math.max(most, waiting);
  }
  return most;
}

/**
 * For a run that has nowhere to put chunks aside. Coarser levels come on top: a third in 2D.
 * @param bytes the most that chunks may take
 * @throws Fault "input" where more would wait at once
 */
export function refuseTooManyWaiting(
  { units }: Plan,
  recipe: Recipe,
  makes: Makes,
  image: Image,
  bytes: number,
): void {
  const made = madeLevels(makes, image, levelOf(recipe, image));
  const chunks = made?.levels[made.at]?.chunks;
  if (made === undefined || chunks === undefined) return;
  const most = mostWaiting(units);
  const needed = most * sizeOf(chunks) * zeros(made.dtype, 1).byteLength;
  if (needed > bytes)
    throw new Fault(
      "input",
      `${counted(most, "chunk")} (${megabytes(needed)}) would wait in memory at once for other ROIs, and this browser has no private file system to put them aside: run fewer ROIs, or those that lie together one after the other, or on a coarser level`,
    );
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
