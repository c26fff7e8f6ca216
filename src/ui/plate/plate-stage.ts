/** The drawing of a plate: all wells in one picture, those near by from their own pyramids, under one camera. Knows no React. */
import { OrthographicView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import { cameraPlace, rectInView, worldPerPixel } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { failedLayers } from "../../scene/failed-layers.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { plateLayers } from "../../scene/plate-layer.ts";
import {
  cellRect,
  type PlatePlace,
  plateLattice,
  wellPlaceAt,
  wellsRect,
} from "../../scene/plate-place.ts";
import { PlateWells } from "../../scene/plate-wells.ts";
import type { Rect } from "../../scene/rect.ts";
import { levelAt, middleOfPlane } from "../../scene/tile-grid.ts";
import type { LinkedCamera } from "../../state/link.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { Thumbnail } from "../../state/thumbnails.ts";
import { openDeck } from "../image/open-deck.ts";
import { Mosaic } from "./mosaic.ts";
import { cameraFromLink, cameraToLink, inWell } from "./plate-camera.ts";
import { PlateEye } from "./plate-eye.ts";
import { FIRST_PLATE_STATUS, type PlateStatus, type WellMark } from "./plate-status.ts";
import { WellChecks } from "./well-checks.ts";

const view = new OrthographicView({ id: "plate", flipY: true });

/** A well is looked at when it fills this part of the canvas along one side. */
const LOOKED_AT = 1 / 3;

/** How much coarser than wanted a kept picture may be. */
const COARSER_BY = 1.25;

export interface PlateStageOptions {
  readonly source: Source;
  readonly plate: Plate;
  readonly images: PlateImages;
  /** The picture that the browser has of it. */
  readonly kept: Thumbnail | undefined;
}

/** How often the picture is drawn while wells come, in milliseconds: each frame takes time from what brings them. */
const WHILE_COMING = 100;

export class PlateStage {
  readonly status: StoreApi<PlateStatus> = createStore(() => FIRST_PLATE_STATUS);
  readonly place: PlatePlace;
  readonly eye: PlateEye;
  readonly #session: Session;
  readonly #source: Source;
  readonly #plate: Plate;
  readonly #images: PlateImages;
  readonly #deck: ReturnType<typeof openDeck>;
  #mosaic: Mosaic;
  readonly #wells: PlateWells;
  readonly #checks: WellChecks;
  readonly #byPlace: ReadonlyMap<string, number>;
  readonly #cleanUp: (() => void)[] = [];
  #frame = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = 0;

  /** The view must look at the first well's image already. */
  constructor(
    parent: HTMLElement,
    session: Session,
    { source, plate, images, kept }: PlateStageOptions,
  ) {
    const { image } = images;
    const { wells } = plate;
    const redraw = (): void => this.redraw();
    this.#session = session;
    this.#source = source;
    this.#plate = plate;
    this.#images = images;
    const { grid } = image.levels[0];
    const wanted = plateLattice({
      rows: plate.rows.length,
      columns: plate.columns.length,
      finest: grid,
      coarsest: levelAt(image, image.levels.length - 1).grid,
      screen: {
        width: parent.clientWidth * devicePixelRatio,
        height: parent.clientHeight * devicePixelRatio,
      },
    });
    // One kept from a smaller screen would be blurred.
    const useful = kept && kept.place.scale <= wanted.scale * COARSER_BY ? kept : undefined;
    this.place = useful?.place ?? wanted;
    this.#byPlace = new Map(
      wells.map(({ rowIndex, columnIndex }, i) => [`${rowIndex}/${columnIndex}`, i]),
    );
    this.eye = new PlateEye(parent, {
      all: wellsRect(this.place, wells),
      voxel: Math.min(grid.scale[1], grid.scale[2]),
      begin: cameraFromLink(this.place, wells, session.view.getState().camera),
      onMove: redraw,
      onRest: (camera) =>
        session.view.setState({ camera: camera && cameraToLink(this.place, wells, camera) }),
    });
    this.#checks = new WellChecks(plate, images, useful?.bare ?? new Map(), (well, isOther) => {
      if (isOther) this.#begin(well);
      this.redraw();
    });
    this.#wells = new PlateWells({
      place: this.place,
      wells,
      imageOf: this.#checks.imageOf,
      source: source.reader,
      onChange: redraw,
    });
    this.#mosaic = this.#openMosaic(useful);
    this.#deck = openDeck(parent, view);
    const observer = new ResizeObserver(redraw);
    observer.observe(parent);
    this.#cleanUp.push(
      () => observer.disconnect(),
      session.view.subscribe(redraw),
      session.demo.subscribe(() => this.#askAgain()),
    );
    this.redraw();
  }

  /** Draws at the next frame; however often it is called, once. */
  redraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Draws when some more has come. */
  #redrawSoon(): void {
    this.#soon ??= setTimeout(
      () => {
        this.#soon = undefined;
        this.redraw();
      },
      Math.max(0, this.#drawnAt + WHILE_COMING - performance.now()),
    );
  }

  /** Says where the pointer is. */
  point(at: CanvasPoint | undefined): void {
    const world = at && this.eye.world(at);
    const well = world && wellPlaceAt(this.place, world);
    const under = well && this.#byPlace.get(`${well.rowIndex}/${well.columnIndex}`);
    if (under !== this.status.getState().under) this.status.setState({ under });
  }

  /** Moves so that a well is seen. */
  show(well: number): void {
    this.eye.show(this.#rectOf(well));
  }

  /** The camera over a well as the well's own image has it; undefined where the well is not looked at from near. */
  cameraIn(well: number): LinkedCamera | undefined {
    const camera = this.eye.frame();
    const ref = this.#plate.wells[well];
    if (!camera || !ref || this.#lookedAt(rectInView(camera, this.eye.size)) !== well)
      return undefined;
    return cameraPlace(inWell(this.place, camera, ref));
  }

  /** Asks again for a well that could not be read, or of which nothing came. */
  retry(well: number): void {
    this.#checks.forget(well);
    this.#wells.retry(well);
    this.#mosaic.tiles.retry(well);
    this.redraw();
  }

  /** Reads all wells anew. */
  renew(): void {
    for (const well of this.#plate.wells.keys()) {
      this.#checks.forget(well);
      this.#wells.forget(well);
    }
    this.#mosaic.renew();
    this.redraw();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#soon);
    for (const clean of this.#cleanUp) clean();
    this.eye.close();
    this.#checks.close();
    this.#mosaic.keep(this.#marks());
    this.#mosaic.close();
    this.#wells.close();
    this.#deck.finalize();
  }

  #draw(): void {
    this.#frame = 0;
    this.#drawnAt = performance.now();
    const camera = this.eye.frame();
    if (!camera) return;
    const bounds = rectInView(camera, this.eye.size);
    const { channels } = this.#session.view.getState();
    const drawn = drawnChannels(channels).drawn.map(({ index }) => index);
    const perPixel = worldPerPixel(camera, devicePixelRatio);
    const { z: plane, t } = this.#session.view.getState();
    if (plane !== this.#mosaic.z || t !== this.#mosaic.t) this.#turnTo();
    const z = middleOfPlane(this.#images.image.levels[0].grid, plane);
    const look = { bounds, channels: drawn, worldPerPixel: perPixel, z, t };
    this.#wells.update(look);
    for (const well of this.#wells.near) this.#mosaic.refresh(well);
    this.#mosaic.tiles.update(look);
    const near = this.#lookedAt(bounds);
    if (near !== undefined) this.#checks.look(near);
    const { tiles, failed } = this.#wells.shown();
    const [x, y] = camera.target;
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      layers: [
        ...plateLayers(this.#mosaic.picture, { channels, revision: this.#mosaic.revision }),
        ...imageLayers(tiles, { channels, idPrefix: "well-" }),
        ...failedLayers(failed, { idPrefix: "well-" }),
      ],
    });
    const busy = this.#mosaic.tiles.busy || this.#wells.busy;
    const marks = this.#marks();
    this.status.setState({
      busy,
      camera,
      worldPerPixel: worldPerPixel(camera),
      marks,
      asOf: this.#mosaic.asOf,
    });
    if (!busy) this.#mosaic.keep(marks);
  }

  /** The same map as before where nothing has changed. */
  #marks(): ReadonlyMap<number, WellMark> {
    const marks = new Map(this.#checks.marks);
    for (let well = 0; well < this.#plate.wells.length; well++) {
      const state = this.#mosaic.tiles.stateOf(well);
      if (state === "bare") this.#checks.ask(well);
      const why = this.#mosaic.tiles.failed.get(well)?.message;
      if (why !== undefined) marks.set(well, { kind: "failed", why });
      else if (this.#wells.hasFailed(well) && !marks.has(well))
        marks.set(well, { kind: "failed", why: "some of its chunks are missing or broken" });
    }
    const before = this.status.getState().marks;
    const isSame =
      marks.size === before.size &&
      [...marks].every(([well, { kind }]) => before.get(well)?.kind === kind);
    return isSame ? before : marks;
  }

  /** Another well of the demo may have been made: those that were not there are asked for again. */
  #askAgain(): void {
    for (const [well, { kind }] of this.#checks.marks)
      if (kind === "absent" || kind === "empty") this.retry(well);
  }

  /** A well's image turned out to be another one. */
  #begin(well: number): void {
    this.#wells.forget(well);
    this.#mosaic.tiles.retry(well);
  }

  #openMosaic(kept: Thumbnail | undefined): Mosaic {
    const { z, t } = this.#session.view.getState();
    return new Mosaic({
      session: this.#session,
      source: this.#source,
      plate: this.#plate,
      images: this.#images,
      place: this.place,
      checks: this.#checks,
      z,
      t,
      kept,
      onChange: () => this.#redrawSoon(),
    });
  }

  /** Another plane or time point is looked at. */
  #turnTo(): void {
    this.#mosaic.close();
    this.#mosaic = this.#openMosaic(undefined);
  }

  /** The well in the middle of the canvas, where it is large enough to be looked at. */
  #lookedAt([x0, y0, x1, y1]: Rect): number | undefined {
    const well = wellPlaceAt(this.place, { x: (x0 + x1) / 2, y: (y0 + y1) / 2 });
    if (!well) return undefined;
    const [left, top, right, bottom] = cellRect(this.place, well);
    const isLarge = right - left > LOOKED_AT * (x1 - x0) || bottom - top > LOOKED_AT * (y1 - y0);
    const index = this.#byPlace.get(`${well.rowIndex}/${well.columnIndex}`);
    return isLarge && this.#plate.wells.length > 1 ? index : undefined;
  }

  #rectOf(well: number): Rect {
    const ref = this.#plate.wells[well];
    return ref ? cellRect(this.place, ref) : wellsRect(this.place, this.#plate.wells);
  }
}
