/** What makes a label look other than it is stored, as sentences. */
import { type Zyx, zyx } from "../geometry/box.ts";
import { zyxOf } from "./axes.ts";
import type { Image, Multiscale } from "./multiscale.ts";

export function labelProblems(label: Multiscale, image: Image, name: string): readonly string[] {
  const { dtype } = label.levels[0].array;
  const fractions = `The label "${name}" is stored as ${dtype}, and ids are whole numbers: fractions are cut off where it is drawn`;
  return [...(dtype.startsWith("float") ? [fractions] : []), ...shifts(label, image, name)];
}

/**
 * That a label begins elsewhere than its image. Less than a voxel is no shift: some writers give the middle of the first
 * voxel, which is another place for each size of voxels. World boxes of ROIs know no translation, and tasks go by them.
 */
function shifts(label: Multiscale, image: Image, name: string): readonly string[] {
  const [own, whole] = [originOf(label), originOf(image)];
  const shift = zyx((i) => own[i] - whole[i]);
  const voxel = zyx((i) =>
    Math.max(...[label, image].map(({ levels }) => levels[0].grid.scale[i])),
  );
  const along = ([0, 1, 2] as const).filter((i) => Math.abs(shift[i]) >= voxel[i]);
  if (along.length === 0) return [];
  const by = along.map((i) => `${Number(shift[i].toPrecision(6))} in ${"zyx"[i]}`).join(", ");
  return [
    `The label "${name}" has a translation of its own, ${by} from its image: Fovea leaves it out, as ngio does, and draws the label from the image’s first pixel on`,
  ];
}

function originOf({ axes, levels: [{ translation }] }: Multiscale): Zyx {
  return zyxOf(axes, translation, 0);
}
