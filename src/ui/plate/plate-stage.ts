/** The drawing of a plate: its canvas, its frames and its camera. Knows no React; tells in `status`. */
import { OrthographicView } from "@deck.gl/core";
import type { Device } from "@luma.gl/core";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import { type Camera, cameraPlace, rectInView, worldPerPixel } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import { type PlatePlace, plateLattice, wellsRect } from "../../scene/plate-place.ts";
import type { Rect } from "../../scene/rect.ts";
import { levelAt } from "../../scene/tile-grid.ts";
import type { LinkedCamera } from "../../state/link.ts";
import type { Session } from "../../state/session.ts";
import type { Source } from "../../state/source.ts";
import type { Thumbnail } from "../../state/thumbnails.ts";
import { openDeck } from "../image/open-deck.ts";
import { cameraFromLink, cameraToLink, inWell } from "./plate-camera.ts";
import { PlateEye } from "./plate-eye.ts";
import { WellFinder } from "./plate-finder.ts";
import { type PlateLook, PlateParts, type PlatePartsOptions } from "./plate-parts.ts";
import { FIRST_PLATE_STATUS, type PlateStatus } from "./plate-status.ts";

const view = new OrthographicView({ id: "plate", flipY: true });

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
const WHILE_COMING = 250;

export class PlateStage {
  readonly status: StoreApi<PlateStatus> = createStore(() => FIRST_PLATE_STATUS);
  readonly place: PlatePlace;
  readonly eye: PlateEye;
  readonly #plate: Plate;
  readonly #deck: ReturnType<typeof openDeck>;
  readonly #parts: PlateParts;
  readonly #given: Pick<PlatePartsOptions, "source" | "plate" | "images" | "place">;
  #device: Device | undefined;
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
    this.#plate = plate;
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
    this.#given = { source, plate, images, place: this.place };
    this.#parts = new PlateParts({
      ...this.#given,
      session,
      kept: useful,
      pixelRatio: devicePixelRatio,
      onChange: redraw,
      onCome: () => (this.#parts.isComing ? this.#redrawSoon() : redraw()),
    });
    // Chunks are on their way while the canvas is set up.
    this.#look();
    this.#deck = openDeck(parent, view, undefined, (device) => {
      this.#device = device;
    });
    const observer = new ResizeObserver(redraw);
    observer.observe(parent);
    this.#cleanUp.push(
      () => observer.disconnect(),
      session.view.subscribe(redraw),
      session.demo.subscribe(() => {
        this.#parts.retryMissing();
        redraw();
      }),
    );
    this.redraw();
  }

  /** The GPU; undefined until it is there. */
  get device(): Device | undefined {
    return this.#device;
  }

  /** All that is drawn here, to be drawn elsewhere too; whoever asks for it closes it. */
  partsFor(
    options: Required<
      Pick<PlatePartsOptions, "session" | "pixelRatio" | "whole" | "onChange" | "onCome">
    >,
  ): PlateParts {
    return new PlateParts({ ...this.#given, ...options, kept: undefined, from: this.#parts });
  }

  /** The wells in a part of the plate's world, and the one looked at from near if there is one. */
  lookAt(bounds: Rect): Pick<PlateLook, "inView" | "near"> {
    return { inView: this.#finder.inView(bounds), near: this.#finder.lookedAt(bounds) };
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
    if (under === this.status.getState().under) return;
    this.status.setState({ under });
    if (under !== undefined) this.#parts.point(under);
  }

  /** Moves so that a well is seen. */
  show(well: number): void {
    this.#parts.point(well);
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
    this.#parts.retry(well);
    this.redraw();
  }

  /** Asks again for all that could not be read. */
  retryFailed(): void {
    this.#parts.retryFailed();
    this.redraw();
  }

  /** Reads all wells anew. */
  renew(): void {
    this.#parts.renew();
    this.redraw();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#soon);
    for (const clean of this.#cleanUp) clean();
    this.eye.close();
    this.#parts.close();
    this.#deck.finalize();
  }

  /** Asks for what is looked at. @returns the camera; undefined while there is no room */
  #look(): Camera | undefined {
    const camera = this.eye.frame();
    if (!camera) return undefined;
    const bounds = rectInView(camera, this.eye.size);
    this.#parts.look({
      bounds,
      worldPerPixel: worldPerPixel(camera, devicePixelRatio),
      ...this.lookAt(bounds),
    });
    return camera;
  }

  #draw(): void {
    this.#frame = 0;
    if (this.#parts.come > 0) this.#drawnAt = performance.now();
    const camera = this.#look();
    if (!camera) return;
    const [x, y] = camera.target;
    this.#deck.setProps({
      viewState: { target: [x, y, 0], zoom: camera.zoom },
      layers: this.#parts.layers(2 ** camera.zoom),
    });
    if (this.#parts.isBehind) this.redraw();
    // First: they have wells checked, and that is waited for too.
    const marks = this.#parts.marks();
    const { busy } = this.#parts;
    this.status.setState({
      busy,
      come: this.#parts.come,
      camera,
      worldPerPixel: worldPerPixel(camera),
      marks,
      failed: this.#parts.failed,
      asOf: this.#parts.asOf,
      note: this.#parts.note(worldPerPixel(camera, devicePixelRatio)),
    });
    if (!busy) this.#parts.keep();
  }
}
