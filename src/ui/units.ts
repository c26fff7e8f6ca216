/** How an axis's unit is written for people. */
import type { Multiscale } from "../ome/multiscale.ts";

const SYMBOLS: Readonly<Record<string, string>> = {
  micrometer: "µm",
  nanometer: "nm",
  millimeter: "mm",
};

/** The symbol of the unit that x and y are in; as stored where there is none, "" where the file does not say. */
export function unitOf({ axes }: Multiscale): string {
  const unit = axes.find(({ name }) => name === "x")?.unit ?? "";
  return SYMBOLS[unit] ?? unit;
}
