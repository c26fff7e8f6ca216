/** What a plate is drawn from: its picture, the wells near by, what lies over them, and what is found out about each well. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import { failedLayers } from "../../scene/failed-layers.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { plateLayers } from "../../scene/plate-layer.ts";
import type { PlatePicture } from "../../scene/plate-picture.ts";
import type { PlatePlace } from "../../scene/plate-place.ts";
import { PlateWells } from "../../scene/plate-wells.ts";
import type { Rect } from "../../scene/rect.ts";
import { middleOfPlane } from "../../scene/tile-grid.ts";
import type { PacedTile } from "../../scene/uploads.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { Thumbnail } from "../../state/thumbnails.ts";
import type { ChannelView } from "../../state/view.ts";
import { Mosaic, type MosaicOptions } from "./mosaic.ts";
import { wellMarks } from "./plate-marks.ts";
import { PlateOver } from "./plate-over.ts";
import type { WellMark } from "./plate-status.ts";
import { WellChecks } from "./well-checks.ts";

/** How much larger than a pixel of the screen one of the plate's picture may be, before wells are drawn from their own pyramids. */
const LARGER_BY = 1.33;

/** Why wells are bare at their edges. */
const CUT =
  "Only the middle of each well is shown: there is no coarser level. Zoom in to see the rest";

export interface PlatePartsOptions {
  readonly session: Session;
  readonly source: Source;
  readonly plate: Plate;
  readonly images: PlateImages;
  readonly place: PlatePlace;
  /** The picture that the browser has of it. */
  readonly kept: Thumbnail | undefined;
  /** Others of the same plate: what has come there is here from the first, and only they keep it. */
  readonly from?: PlateParts;
  /** Pixels drawn for one of the screen's, along a side: what is large enough to be drawn depends on it. */
  readonly pixelRatio: number;
  /** All that is looked at, in world units, where it is drawn in several views. */
  readonly whole?: Rect;
  readonly onChange: () => void;
  /** Some more of the picture has come. */
  readonly onCome: () => void;
}

/** What of a plate is looked at. */
export interface PlateLook {
  readonly bounds: Rect;
  /** World units per pixel of the screen. */
  readonly worldPerPixel: number;
  /** Wells by index, the most wanted first. */
  readonly inView: readonly number[];
  /** The well that is looked at from near. */
  readonly near: number | undefined;
}

export class PlateParts {
  readonly #options: PlatePartsOptions;
  readonly #checks: WellChecks;
  readonly #wells: PlateWells;
  readonly #over: PlateOver;
  #mosaic: Mosaic;
  #marks: ReadonlyMap<number, WellMark> = new Map();
  /** Most frames move the camera alone: with the same layers what was drawn last is shifted. */
  readonly #pictureLayers = remembered(pictureLayers);
  readonly #wellLayers = remembered(wellLayers);

  constructor(options: PlatePartsOptions) {
    this.#options = options;
    const { session, source, plate, images, place, kept, from, onChange } = options;
    this.#checks = new WellChecks(plate, images, kept?.bare ?? new Map(), (well, isOther) => {
      if (isOther) this.#begin(well);
      onChange();
    });
    if (from) this.#checks.take(from.#checks);
    const { imageOf, isUnlike } = this.#checks;
    const each = { place, wells: plate.wells, imageOf, isUnlike, source: source.reader, onChange };
    this.#wells = new PlateWells({ ...each, nearBelow: place.scale / LARGER_BY, seesUnlike: true });
    const { pixelRatio, whole } = options;
    this.#over = new PlateOver(session, { ...each, images, pixelRatio, whole });
    this.#mosaic = this.#openMosaic(from ? from.#mosaic.now() : kept);
  }

  get busy(): boolean {
    return this.isComing || this.#checks.busy || this.#wells.busy || this.#over.busy;
  }

  /** Whether the picture is not whole yet. */
  get isComing(): boolean {
    return this.#mosaic.tiles.busy;
  }

  /** Whether there is more to send to the GPU: another frame is needed. */
  get isBehind(): boolean {
    return this.#wells.isBehind || this.#over.isBehind;
  }

  /** Another number whenever more of the picture has come; 0 while there is none. */
  get come(): number {
    return this.#mosaic.revision;
  }

  /** How old what is remembered is, in milliseconds since 1970; undefined where all there is has been read now. */
  get asOf(): number | undefined {
    return this.#mosaic.asOf;
  }

  /** Asks for what is looked at. */
  look({ bounds, worldPerPixel, inView, near }: PlateLook): void {
    const { session, images } = this.#options;
    const { channels, z: plane, t } = session.view.getState();
    if (plane !== this.#mosaic.z || t !== this.#mosaic.t) this.#turnTo();
    const look = {
      bounds,
      channels: drawnChannels(channels).drawn.map(({ index }) => index),
      worldPerPixel,
      z: middleOfPlane(images.image.levels[0].grid, plane),
      t,
    };
    this.#wells.update(look);
    for (const well of this.#wells.near) this.#mosaic.refresh(well);
    this.#mosaic.look(look);
    this.#over.update(look, inView);
    if (near !== undefined) this.#checks.look(near);
  }

  /** What to draw, the lowest first. */
  layers(pixelsPerUnit: number): Layer[] {
    const { channels } = this.#options.session.view.getState();
    const { drawn, underway, failed } = this.#wells.frame();
    const over = this.#over.shown(pixelsPerUnit, this.#wells.sentBytes);
    return [
      ...this.#pictureLayers(this.#mosaic.picture, this.#mosaic.revision, channels),
      ...this.#wellLayers(drawn, underway, channels),
      ...over.layers,
      ...failedLayers([...failed, ...over.failed], { idPrefix: "well-" }),
    ];
  }

  /** What the user is to know of what is shown; undefined where all is. */
  note(worldPerPixel: number): string | undefined {
    const over = this.#over.note(worldPerPixel);
    const cut = this.#mosaic.tiles.isCut ? CUT : undefined;
    return over !== undefined && cut !== undefined ? `${over}. ${cut}` : (over ?? cut);
  }

  /** Which wells are not as their neighbours are; the same map as before where nothing has changed. */
  marks(): ReadonlyMap<number, WellMark> {
    const { length: count } = this.#options.plate.wells;
    const given = { count, checks: this.#checks, mosaic: this.#mosaic, near: this.#wells };
    this.#marks = wellMarks(this.#marks, given);
    return this.#marks;
  }

  /** Keeps the picture in the browser, where anything new is in it. */
  keep(): void {
    if (!this.#options.from) this.#mosaic.keep(this.#marks);
  }

  /** Looks closer at a well of which no chunk was found where the first well has its own. */
  point(well: number): void {
    if (this.#marks.get(well)?.kind === "empty") this.#checks.look(well);
  }

  /** Asks again for a well that could not be read, or of which nothing came. */
  retry(well: number): void {
    // Of a chunk that is not stored that is remembered.
    if (this.#mosaic.tiles.lacks(well)) this.#forgetChunks(well);
    this.#checks.forget(well);
    this.#wells.forget(well);
    this.#over.forget(well);
    this.#mosaic.tiles.retry(well);
  }

  /** How many wells could not be read, or something over them. */
  get failed(): number {
    const wells = new Set(this.#over.failed);
    for (const [well, { kind }] of this.#marks) if (kind === "failed") wells.add(well);
    return wells.size;
  }

  /** Asks for all that again. */
  retryFailed(): void {
    for (const [well, { kind }] of this.#marks) if (kind === "failed") this.retry(well);
    this.#over.retryFailed();
  }

  /** Asks again for the wells of which not all is there: of the demo, more may have been made. */
  retryMissing(): void {
    for (const well of this.#options.plate.wells.keys()) {
      const kind = this.#checks.marks.get(well)?.kind;
      if (kind === "absent" || kind === "empty" || this.#mosaic.tiles.lacks(well)) this.retry(well);
    }
  }

  /** Reads all wells anew. */
  renew(): void {
    for (const well of this.#options.plate.wells.keys()) {
      this.#checks.forget(well);
      this.#wells.forget(well);
      this.#over.forget(well);
    }
    this.#mosaic.renew();
  }

  close(): void {
    this.#checks.close();
    this.marks();
    this.keep();
    this.#mosaic.close();
    this.#wells.close();
    this.#over.close();
  }

  /** A well's image turned out to be another one: chunks that were read as the first well's mean nothing. */
  #begin(well: number): void {
    this.#forgetChunks(well);
    this.#wells.forget(well);
    this.#over.forget(well);
    this.#mosaic.begin(well);
  }

  #forgetChunks(well: number): void {
    const { reader } = this.#options.source;
    for (const { array } of this.#checks.imageOf(well).levels) reader.invalidate(array);
  }

  #openMosaic(kept: MosaicOptions["kept"]): Mosaic {
    const { session, source, plate, images, place, onCome } = this.#options;
    const { z, t } = session.view.getState();
    const common = { session, source, plate, images, place, checks: this.#checks };
    return new Mosaic({ ...common, z, t, kept, onChange: onCome });
  }

  /** Another plane or time point is looked at. */
  #turnTo(): void {
    this.#mosaic.close();
    this.#mosaic = this.#openMosaic(undefined);
  }
}

function pictureLayers(
  picture: PlatePicture,
  revision: number,
  channels: readonly ChannelView[],
): readonly Layer[] {
  return plateLayers(picture, { channels, revision });
}

function wellLayers(
  drawn: readonly PacedTile[],
  underway: readonly PacedTile[],
  channels: readonly ChannelView[],
): readonly Layer[] {
  return [
    ...imageLayers(drawn, { channels, idPrefix: "well-" }),
    ...imageLayers(underway, { channels, idPrefix: "well-", visible: false }),
  ];
}
