/** The ROIs as they stand now, in the words of the scene: the same objects for as long as nothing changes. */
import { remembered, steady } from "../../base/remembered.ts";
import { planeOf } from "../../editor/plane.ts";
import type { Image } from "../../ome/multiscale.ts";
import { discardedIn, loadedDiscarded } from "../../roi/triage.ts";
import type { RoiScene } from "../../scene/roi-layers.ts";
import type { RoiState } from "../../state/rois.ts";
import type { Session } from "../../state/session.ts";
import { roiPaint } from "./roi-paint.ts";

/** @returns the scene at so many CSS pixels per world unit */
export function roiScene(session: Session, image: Image): (pixelsPerUnit: number) => RoiScene {
  const paint = roiPaint(session);
  const invalidIn = remembered((problems: RoiState["problems"]) => new Set(problems.keys()));
  const loaded = remembered(loadedDiscarded);
  const discarded = remembered(discardedIn);
  const plane = remembered(planeOf);
  const scene = steady<RoiScene>();
  return (pixelsPerUnit) => {
    const { table, document, preview, hovered, problems, hidden, locked } = session.rois.getState();
    const { overlays, z } = session.view.getState();
    const { rois, selection } = document;
    return scene({
      rois,
      selection,
      preview,
      hovered,
      invalid: invalidIn(problems),
      discarded: table && discarded(table, rois, loaded(table)),
      hidden,
      locked,
      colors: paint(),
      plane: plane(image.levels[0].grid, z),
      pixelsPerUnit,
      visible: overlays,
    });
  };
}
