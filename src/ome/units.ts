/** Units of length as OME-Zarr files name them. */

/** Metres per unit, by the names that OME-Zarr recommends (UDUNITS-2) and by the symbols found in files. */
const METRES: ReadonlyMap<string, number> = new Map([
  ["meter", 1],
  ["m", 1],
  ["centimeter", 1e-2],
  ["cm", 1e-2],
  ["millimeter", 1e-3],
  ["mm", 1e-3],
  ["micrometer", 1e-6],
  ["micron", 1e-6],
  ["um", 1e-6],
  ["µm", 1e-6],
  ["μm", 1e-6],
  ["nanometer", 1e-9],
  ["nm", 1e-9],
  ["angstrom", 1e-10],
  ["picometer", 1e-12],
  ["pm", 1e-12],
]);

/** How many metres a unit is; undefined of a unit that is no length, or none. */
export function metresOf(unit: string | undefined): number | undefined {
  return METRES.get(unit ?? "");
}
