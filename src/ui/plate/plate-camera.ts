/** Where the camera of a plate is, as links say it: in the world of a well, so that it is the same place whatever the gaps are. */
import type { WellRef } from "../../ome/multiscale.ts";
import { type Camera, cameraPlace } from "../../scene/camera.ts";
import { cellRect, originOf, type PlatePlace, wellsRect } from "../../scene/plate-place.ts";
import type { LinkedCamera } from "../../state/link.ts";

/** Undefined where a link says nothing, or names a well that the plate does not have. It looks at the nearest place of the wells. */
export function cameraFromLink(
  place: PlatePlace,
  wells: readonly WellRef[],
  linked: LinkedCamera | undefined,
): Camera | undefined {
  const well = wells.find(({ path }) => path === linked?.well);
  if (!linked || !well) return undefined;
  const [x, y] = originOf(place, well);
  const [left, top, right, bottom] = wellsRect(place, wells);
  const target = [
    Math.min(right, Math.max(left, x + linked.x)),
    Math.min(bottom, Math.max(top, y + linked.y)),
  ] as const;
  return { target, zoom: -Math.log2(linked.worldPerPixel) };
}

/** In the world of the well whose middle is nearest; undefined without wells. */
export function cameraToLink(
  place: PlatePlace,
  wells: readonly WellRef[],
  camera: Camera,
): LinkedCamera | undefined {
  const [x, y] = camera.target;
  const distance = (well: WellRef): number => {
    const [x0, y0, x1, y1] = cellRect(place, well);
    return Math.hypot((x0 + x1) / 2 - x, (y0 + y1) / 2 - y);
  };
  const nearest = wells.reduce<WellRef | undefined>(
    (best, well) => (best && distance(best) <= distance(well) ? best : well),
    undefined,
  );
  return nearest && { ...cameraPlace(inWell(place, camera, nearest)), well: nearest.path };
}

/** The camera as the well's own image has it. */
export function inWell(place: PlatePlace, { target: [x, y], zoom }: Camera, well: WellRef): Camera {
  const [left, top] = originOf(place, well);
  return { target: [x - left, y - top], zoom };
}
