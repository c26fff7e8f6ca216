/** The outlines and names of the fields of view, over the wells that are large enough for them. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import { NONE_SELECTED } from "../../editor/selection.ts";
import { type RoiColumns, type Rois, roisOf } from "../../roi/rois.ts";
import { originOf, type PlatePlace, type WellPlace } from "../../scene/plate-place.ts";
import type { Rect } from "../../scene/rect.ts";
import { roiLayers } from "../../scene/roi-layers.ts";
import { notifyError } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import { WellFovs, type WellFovsOptions } from "../../state/well-fovs.ts";

/** Wells are flat here: a field of view is seen in every plane. */
const FLAT = { min: 0, max: 1 };

/** What the names of columns and rows lie over, in CSS pixels. */
const NAMES = { top: 20, left: 22 };

/** A well's fields of view, and where its first pixel lies. */
interface Placed {
  readonly rois: RoiColumns;
  readonly origin: readonly [x: number, y: number];
}

interface PlateFovsOptions extends WellFovsOptions {
  readonly wells: readonly WellPlace[];
  readonly place: PlatePlace;
  /** All that is looked at, in world units, where it is drawn in several views. */
  readonly whole: Rect | undefined;
}

export class PlateFovs {
  readonly #session: Session;
  readonly #wells: readonly WellPlace[];
  readonly #place: PlatePlace;
  readonly #fovs: WellFovs;
  #joined: { readonly of: readonly Placed[]; readonly rois: Rois } = { of: [], rois: joined([]) };
  #inView: readonly number[] = [];
  #isTold = false;
  /** Most frames move the camera alone, and the same layers cost nothing. */
  readonly #layersOf = remembered(layersOf);
  readonly #whole: Rect | undefined;

  constructor(session: Session, given: PlateFovsOptions) {
    this.#session = session;
    this.#wells = given.wells;
    this.#place = given.place;
    this.#whole = given.whole;
    this.#fovs = new WellFovs(given);
  }

  get busy(): boolean {
    return this.#fovs.busy;
  }

  /** Whether no well that is looked at has a table of them. */
  get isAbsent(): boolean {
    return (
      this.#inView.length > 0 &&
      this.#inView.every((well) => this.#fovs.of(well)?.kind === "absent")
    );
  }

  /** Says which wells are looked at, the most wanted first. */
  look(wells: readonly number[]): void {
    this.#inView = wells;
    this.#fovs.look(wells);
  }

  forget(well: number): void {
    this.#fovs.forget(well);
  }

  /** The wells whose table could not be read. */
  get failed(): readonly number[] {
    return this.#fovs.failed;
  }

  /** Asks for them again. */
  retryFailed(): void {
    this.#isTold = false;
    for (const well of this.failed) this.#fovs.forget(well);
  }

  layers(pixelsPerUnit: number): readonly Layer[] {
    const placed: Placed[] = [];
    // In the plate's order, so that looking about changes nothing of what stays in view.
    for (const well of this.#inView.toSorted((a, b) => a - b)) {
      const found = this.#fovs.of(well);
      const ref = this.#wells[well];
      if (found?.kind === "failed") this.#tell(found.error);
      if (found?.kind === "there" && ref)
        placed.push({ rois: found.rois, origin: originOf(this.#place, ref) });
    }
    return placed.length === 0
      ? []
      : this.#layersOf(this.#join(placed), pixelsPerUnit, this.#whole);
  }

  close(): void {
    this.#fovs.close();
  }

  /** The same ones while they are of the same wells. */
  #join(placed: readonly Placed[]): Rois {
    const { of, rois } = this.#joined;
    if (of.length === placed.length && of.every((one, i) => one.rois === placed[i]?.rois))
      return rois;
    this.#joined = { of: placed, rois: joined(placed) };
    return this.#joined.rois;
  }

  /** One well's message stands for all. */
  #tell(error: unknown): void {
    if (!this.#isTold) notifyError(this.#session.notices, error, "over-wells/fovs");
    this.#isTold = true;
  }
}

function layersOf(rois: Rois, pixelsPerUnit: number, whole: Rect | undefined): readonly Layer[] {
  return roiLayers({
    rois,
    preview: undefined,
    selection: NONE_SELECTED,
    invalid: NONE_SELECTED,
    hovered: undefined,
    plane: FLAT,
    pixelsPerUnit,
    visible: true,
    covered: NAMES,
    whole,
  });
}

/** All of them in the world of the plate. */
function joined(placed: readonly Placed[]): Rois {
  const names = placed.flatMap(({ rois }) => rois.names);
  const bounds = new Float64Array(6 * names.length);
  let at = 0;
  for (const { rois, origin } of placed)
    for (let row = 0; row < rois.names.length; row++, at += 6) {
      const edge = (i: number): number => rois.bounds[6 * row + i] ?? Number.NaN;
      const [x, y] = origin;
      const lower = [FLAT.min, y + edge(1), x + edge(2)];
      bounds.set([...lower, FLAT.max, y + edge(4), x + edge(5)], at);
    }
  return roisOf({ names, bounds, labels: undefined });
}
