/** The drawing of a plate: all wells in one picture, those near by from their own pyramids, under one camera. Knows no React. */
import { OrthographicView } from "@deck.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import { rectInView, worldPerPixel } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { failedLayers } from "../../scene/failed-layers.ts";
import { drawnChannels, imageLayers } from "../../scene/image-layers.ts";
import type { Plane } from "../../scene/plane.ts";
import { plateLayers } from "../../scene/plate-layer.ts";
import { PlatePicture } from "../../scene/plate-picture.ts";
import {
  cellRect,
  originOf,
  type PlatePlace,
  plateLattice,
  wellPlaceAt,
  wellsRect,
} from "../../scene/plate-place.ts";
import { PlateTiles } from "../../scene/plate-tiles.ts";
import { PlateWells } from "../../scene/plate-wells.ts";
import type { Rect } from "../../scene/rect.ts";
import { levelAt, middleOfPlane } from "../../scene/tile-grid.ts";
import type { LinkedCamera } from "../../state/link.ts";
import { notifyError } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import { changeChannel } from "../../state/view.ts";
import { openDeck } from "../image/open-deck.ts";
import { PlateEye } from "./plate-eye.ts";
import { FIRST_PLATE_STATUS, type PlateStatus, type WellMark } from "./plate-status.ts";
import { WellChecks } from "./well-checks.ts";

const view = new OrthographicView({ id: "plate", flipY: true });

/** A well is looked at when it fills this part of the canvas along one side. */
const LOOKED_AT = 1 / 3;

export class PlateStage {
  readonly status: StoreApi<PlateStatus> = createStore(() => FIRST_PLATE_STATUS);
  readonly place: PlatePlace;
  readonly eye: PlateEye;
  readonly #session: Session;
  readonly #plate: Plate;
  readonly #images: PlateImages;
  readonly #deck: ReturnType<typeof openDeck>;
  readonly #picture: PlatePicture;
  readonly #tiles: PlateTiles;
  readonly #wells: PlateWells;
  readonly #checks: WellChecks;
  readonly #byPlace: ReadonlyMap<string, number>;
  readonly #cleanUp: (() => void)[] = [];
  readonly #closing = new AbortController();
  readonly #counted = new Set<number>();
  #revision = 0;
  #frame = 0;

  /** The view must look at the first well's image already. */
  constructor(
    parent: HTMLElement,
    session: Session,
    { source, plate, images }: { source: Source; plate: Plate; images: PlateImages },
  ) {
    const { image } = images;
    const { wells } = plate;
    const redraw = (): void => this.redraw();
    this.#session = session;
    this.#plate = plate;
    this.#images = images;
    const coarsest = levelAt(image, image.levels.length - 1);
    const { grid } = image.levels[0];
    this.place = plateLattice({
      rows: plate.rows.length,
      columns: plate.columns.length,
      finest: grid,
      coarsest: coarsest.grid,
      screen: {
        width: parent.clientWidth * devicePixelRatio,
        height: parent.clientHeight * devicePixelRatio,
      },
    });
    this.#byPlace = new Map(
      wells.map(({ rowIndex, columnIndex }, i) => [`${rowIndex}/${columnIndex}`, i]),
    );
    this.eye = new PlateEye(parent, {
      all: wellsRect(this.place, wells),
      voxel: Math.min(grid.scale[1], grid.scale[2]),
      onMove: redraw,
    });
    this.#checks = new WellChecks(plate, images, (well, isOther) => {
      if (isOther) this.#begin(well);
      this.redraw();
    });
    const { imageOf } = this.#checks;
    this.#picture = new PlatePicture(this.place, numberType(coarsest.array.dtype));
    const { z, t } = this.#plane();
    this.#tiles = new PlateTiles({
      picture: this.#picture,
      wells,
      image,
      imageOf,
      source: source.reader,
      z,
      t,
      onCome: (channel, plane) => this.#come(channel, plane),
    });
    this.#wells = new PlateWells({
      place: this.place,
      wells,
      imageOf,
      source: source.reader,
      onChange: redraw,
    });
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
    const [x, y] = originOf(this.place, ref);
    return {
      x: camera.target[0] - x,
      y: camera.target[1] - y,
      worldPerPixel: worldPerPixel(camera),
    };
  }

  /** Asks again for a well that could not be read, or of which nothing came. */
  retry(well: number): void {
    this.#checks.forget(well);
    this.#wells.retry(well);
    this.#tiles.retry(well);
    this.redraw();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#closing.abort();
    for (const clean of this.#cleanUp) clean();
    this.#checks.close();
    this.#tiles.close();
    this.#wells.close();
    this.#deck.finalize();
  }

  #draw(): void {
    this.#frame = 0;
    const camera = this.eye.frame();
    if (!camera) return;
    const bounds = rectInView(camera, this.eye.size);
    const { channels } = this.#session.view.getState();
    const drawn = drawnChannels(channels).drawn.map(({ index }) => index);
    const perPixel = worldPerPixel(camera, devicePixelRatio);
    const look = { bounds, channels: drawn, worldPerPixel: perPixel, ...this.#plane() };
    this.#tiles.update(look);
    this.#wells.update(look);
    const near = this.#lookedAt(bounds);
    if (near !== undefined) this.#checks.look(near);
    const { tiles, failed } = this.#wells.shown();
    const [x, y] = camera.target;
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      layers: [
        ...plateLayers(this.#picture, { channels, revision: this.#revision }),
        ...imageLayers(tiles, { channels, idPrefix: "well-" }),
        ...failedLayers(failed, { idPrefix: "well-" }),
      ],
    });
    const busy = this.#tiles.busy || this.#wells.busy;
    this.status.setState({
      busy,
      camera,
      worldPerPixel: worldPerPixel(camera),
      marks: this.#marks(),
    });
  }

  /** The same map as before where nothing has changed. */
  #marks(): ReadonlyMap<number, WellMark> {
    const marks = new Map(this.#checks.marks);
    for (let well = 0; well < this.#plate.wells.length; well++) {
      const state = this.#tiles.stateOf(well);
      if (state === "bare") this.#checks.ask(well);
      const why = this.#tiles.failed.get(well)?.message;
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
    this.#tiles.retry(well);
  }

  #come(channel: number, plane: Plane | undefined): void {
    this.#revision++;
    this.redraw();
    const look = this.#session.view.getState().channels[channel];
    if (!plane || look?.window !== undefined || this.#counted.has(channel)) return;
    // What the file does not say is found from the first well that comes.
    this.#counted.add(channel);
    const { signal } = this.#closing;
    this.#session.services.countPixels([plane.data.slice()], { signal }).then(
      ({ window }) => {
        if (!signal.aborted) changeChannel(this.#session.view, channel, { window });
      },
      (error: unknown) => {
        if (!signal.aborted) notifyError(this.#session.notices, error);
      },
    );
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

  #plane(): { readonly z: number; readonly t: number } {
    const { z, t } = this.#session.view.getState();
    return { z: middleOfPlane(this.#images.image.levels[0].grid, z), t };
  }

  #rectOf(well: number): Rect {
    const ref = this.#plate.wells[well];
    return ref ? cellRect(this.place, ref) : wellsRect(this.place, this.#plate.wells);
  }
}

/** An image holds numbers: opening it refuses text. */
function numberType<T extends string>(dtype: T | "string"): T {
  return dtype as T;
}
