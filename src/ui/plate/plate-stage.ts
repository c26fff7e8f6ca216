/** The drawing of a plate: all wells in one picture, those near by from their own pyramids, under one camera. Knows no React. */
import { type Layer, OrthographicView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import { remembered } from "../../base/remembered.ts";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import { type Camera, cameraPlace, rectInView, worldPerPixel } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { failedLayers } from "../../scene/failed-layers.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import { plateLayers } from "../../scene/plate-layer.ts";
import type { PlatePicture } from "../../scene/plate-picture.ts";
import { type PlatePlace, plateLattice, wellsRect } from "../../scene/plate-place.ts";
import { PlateWells } from "../../scene/plate-wells.ts";
import { levelAt, middleOfPlane } from "../../scene/tile-grid.ts";
import type { PacedTile } from "../../scene/uploads.ts";
import type { LinkedCamera } from "../../state/link.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { Thumbnail } from "../../state/thumbnails.ts";
import type { ChannelView } from "../../state/view.ts";
import { openDeck } from "../image/open-deck.ts";
import { Mosaic } from "./mosaic.ts";
import { cameraFromLink, cameraToLink, inWell } from "./plate-camera.ts";
import { PlateEye } from "./plate-eye.ts";
import { WellFinder } from "./plate-finder.ts";
import { wellMarks } from "./plate-marks.ts";
import { PlateOver } from "./plate-over.ts";
import { FIRST_PLATE_STATUS, type PlateStatus, type WellMark } from "./plate-status.ts";
import { WellChecks } from "./well-checks.ts";

const view = new OrthographicView({ id: "plate", flipY: true });

/** How much coarser than wanted a kept picture may be. */
const COARSER_BY = 1.25;

/** How much larger than a pixel of the screen one of the plate's picture may be, before wells are drawn from their own pyramids. */
const LARGER_BY = 1.33;

/** Why wells are bare at their edges. */
const CUT =
  "Only the middle of each well is shown: there is no coarser level. Zoom in to see the rest";

export interface PlateStageOptions {
  readonly source: Source;
  readonly plate: Plate;
  readonly images: PlateImages;
  /** The picture that the browser has of it. */
  readonly kept: Thumbnail | undefined;
}

/** How often the picture is drawn while wells come, in milliseconds: each frame takes time from what brings them. */
const WHILE_COMING = 250;

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
  /** Most frames move the camera alone: with the same layers what was drawn last is shifted. */
  readonly #pictureLayers = remembered(pictureLayers);
  readonly #wellLayers = remembered(wellLayers);
  readonly #over: PlateOver;
  readonly #checks: WellChecks;
  readonly #finder: WellFinder;
  readonly #cleanUp: (() => void)[] = [];
  #frame = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;
  /** When something of the picture was drawn: what comes first is drawn at once. */
  #drawnAt = Number.NEGATIVE_INFINITY;

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
    this.#finder = new WellFinder(this.place, wells);
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
    const each = {
      place: this.place,
      wells,
      imageOf: this.#checks.imageOf,
      source: source.reader,
      onChange: redraw,
    };
    this.#wells = new PlateWells({ ...each, nearBelow: this.place.scale / LARGER_BY });
    this.#over = new PlateOver(session, { ...each, images });
    this.#mosaic = this.#openMosaic(useful);
    // Chunks are on their way while the canvas is set up.
    this.#look();
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
    const under = world && this.#finder.at(world);
    if (under !== this.status.getState().under) this.status.setState({ under });
  }

  /** Moves so that a well is seen. */
  show(well: number): void {
    this.eye.show(this.#finder.rectOf(well));
  }

  /** The camera over a well as the well's own image has it; undefined where the well is not looked at from near. */
  cameraIn(well: number): LinkedCamera | undefined {
    const camera = this.eye.frame();
    const ref = this.#plate.wells[well];
    if (!camera || !ref || this.#finder.lookedAt(rectInView(camera, this.eye.size)) !== well)
      return undefined;
    return cameraPlace(inWell(this.place, camera, ref));
  }

  /** Asks again for a well that could not be read, or of which nothing came. */
  retry(well: number): void {
    this.#checks.forget(well);
    this.#wells.retry(well);
    this.#over.forget(well);
    this.#mosaic.tiles.retry(well);
    this.redraw();
  }

  /** Asks again for all wells that could not be read. */
  retryFailed(): void {
    for (const [well, { kind }] of this.status.getState().marks)
      if (kind === "failed") this.retry(well);
  }

  /** Reads all wells anew. */
  renew(): void {
    for (const well of this.#plate.wells.keys()) {
      this.#checks.forget(well);
      this.#wells.forget(well);
      this.#over.forget(well);
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
    this.#over.close();
    this.#deck.finalize();
  }

  /** Asks for what is looked at. @returns the camera; undefined while there is no room */
  #look(): Camera | undefined {
    const camera = this.eye.frame();
    if (!camera) return undefined;
    const bounds = rectInView(camera, this.eye.size);
    const { channels, z: plane, t } = this.#session.view.getState();
    if (plane !== this.#mosaic.z || t !== this.#mosaic.t) this.#turnTo();
    const look = {
      bounds,
      channels: drawnChannels(channels).drawn.map(({ index }) => index),
      worldPerPixel: worldPerPixel(camera, devicePixelRatio),
      z: middleOfPlane(this.#images.image.levels[0].grid, plane),
      t,
    };
    this.#wells.update(look);
    for (const well of this.#wells.near) this.#mosaic.refresh(well);
    this.#mosaic.look(look);
    this.#over.update(look, this.#finder.inView(bounds));
    const near = this.#finder.lookedAt(bounds);
    if (near !== undefined) this.#checks.look(near);
    return camera;
  }

  #draw(): void {
    this.#frame = 0;
    if (this.#mosaic.revision > 0) this.#drawnAt = performance.now();
    const camera = this.#look();
    if (!camera) return;
    const { channels } = this.#session.view.getState();
    const { drawn, underway, failed } = this.#wells.frame();
    const over = this.#over.shown(2 ** camera.zoom, this.#wells.sentBytes);
    const [x, y] = camera.target;
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      layers: [
        ...this.#pictureLayers(this.#mosaic.picture, this.#mosaic.revision, channels),
        ...this.#wellLayers(drawn, underway, channels),
        ...over.layers,
        ...failedLayers([...failed, ...over.failed], { idPrefix: "well-" }),
      ],
    });
    if (this.#wells.isBehind || this.#over.isBehind) this.redraw();
    const busy = this.#mosaic.tiles.busy || this.#wells.busy || this.#over.busy;
    const marks = this.#marks();
    this.status.setState({
      busy,
      come: this.#mosaic.revision,
      camera,
      worldPerPixel: worldPerPixel(camera),
      marks,
      asOf: this.#mosaic.asOf,
      note: this.#note(camera),
    });
    if (!busy) this.#mosaic.keep(marks);
  }

  #note(camera: Camera): string | undefined {
    const over = this.#over.note(worldPerPixel(camera, devicePixelRatio));
    const cut = this.#mosaic.tiles.isCut ? CUT : undefined;
    return over !== undefined && cut !== undefined ? `${over}. ${cut}` : (over ?? cut);
  }

  #marks(): ReadonlyMap<number, WellMark> {
    const { length: count } = this.#plate.wells;
    const given = { count, checks: this.#checks, mosaic: this.#mosaic, near: this.#wells };
    return wellMarks(this.status.getState().marks, given);
  }

  /** Another well of the demo may have been made: those that were not there are asked for again. */
  #askAgain(): void {
    for (const [well, { kind }] of this.#checks.marks)
      if (kind === "absent" || kind === "empty") this.retry(well);
  }

  /** A well's image turned out to be another one. */
  #begin(well: number): void {
    this.#wells.forget(well);
    this.#over.forget(well);
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
      onChange: () => (this.#mosaic.tiles.busy ? this.#redrawSoon() : this.redraw()),
    });
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
