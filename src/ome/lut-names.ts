/** The names of the lookup tables that channels may be drawn through; what they look like is `scene`'s to know. */

export const LUT_NAMES = [
  "viridis",
  "magma",
  "inferno",
  "cividis",
  "turbo",
  "hot",
  "inverted gray",
] as const;

export type LutName = (typeof LUT_NAMES)[number];

export function isLutName(name: string): name is LutName {
  return (LUT_NAMES as readonly string[]).includes(name);
}
