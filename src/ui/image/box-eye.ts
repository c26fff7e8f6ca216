/** Where the camera in space is: turned, moved and zoomed about an image, which may be stretched along z. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Box } from "../../geometry/box.ts";
import { worldOf } from "../../geometry/pixel-grid.ts";
import type { Image } from "../../ome/multiscale.ts";
import type { CanvasSize } from "../../scene/camera.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import {
  between,
  firstLook,
  fitted,
  MOST_STRETCH,
  OBLIQUE,
  type Orbit,
  type OrbitSpace,
  orbitAt,
  orbitPlace,
  shifted,
  spaceOf,
  turned,
  zoomedOrbit,
} from "../../scene/orbit.ts";
import type { Session } from "../../state/session.ts";
import { Flight } from "./flight.ts";

/** How long the camera rests before it is told where it is, in milliseconds. */
const REST = 150;

export interface BoxEyeOptions {
  readonly onMove: () => void;
  /** The camera has come to rest. */
  readonly onRest: () => void;
}

export class BoxEye {
  /** How many times longer z is drawn than it is. */
  readonly stretch: StoreApi<number>;
  readonly world: Box<"world">;
  readonly #parent: HTMLElement;
  readonly #session: Session;
  readonly #options: BoxEyeOptions;
  readonly #flight = new Flight(between);
  /** Where one looks from at first. */
  readonly #home: Pick<Orbit, "tilt" | "turn">;
  #space: OrbitSpace;
  #camera: Orbit | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: HTMLElement, session: Session, image: Image, options: BoxEyeOptions) {
    this.#parent = parent;
    this.#session = session;
    this.#options = options;
    const { grid } = image.levels[0];
    this.world = worldOf(grid);
    const { orbit } = session.view.getState();
    const look = firstLook(this.world, grid.shape[0]);
    const stretch = orbit ? Math.min(MOST_STRETCH, Math.max(1, orbit.stretch)) : look.stretch;
    this.#home = look;
    this.#space = spaceOf(this.world, stretch);
    this.stretch = createStore(() => stretch);
  }

  /** In CSS pixels. */
  get size(): CanvasSize {
    return { width: this.#parent.clientWidth, height: this.#parent.clientHeight };
  }

  get space(): OrbitSpace {
    return this.#space;
  }

  /** The camera as it was drawn last; undefined before the first frame. */
  get camera(): Orbit | undefined {
    return this.#camera;
  }

  /** The camera of the frame that is drawn now; undefined while there is no room. */
  frame(): Orbit | undefined {
    const { size } = this;
    if (size.width === 0 || size.height === 0) return undefined;
    this.#camera ??= this.#first(size);
    const onItsWay = this.#flight.now();
    return onItsWay ? this.#put(onItsWay) : this.#camera;
  }

  /** By so many CSS pixels of a drag. */
  turn(dx: number, dy: number): void {
    const camera = this.#aim();
    if (camera) this.#move(turned(camera, dx, dy));
  }

  /** By so many CSS pixels of a drag. */
  shift(dx: number, dy: number): void {
    const camera = this.#aim();
    if (camera) this.#move(shifted(camera, dx, dy));
  }

  /** Zooms by a factor about a point of the canvas, or its middle. */
  zoom(factor: number, at?: CanvasPoint): void {
    const camera = this.#aim();
    if (!camera) return;
    const { size } = this;
    const home = fitted(this.world, this.#space, size, camera).zoom;
    this.#move(zoomedOrbit(camera, size, at ?? middleOf(size), factor, home));
  }

  /** Shows the whole image, from a side if one is given. */
  fit(from: Pick<Orbit, "tilt" | "turn"> | undefined = this.#aim()): void {
    this.#go(fitted(this.world, this.#space, this.size, from ?? OBLIQUE));
  }

  /** Shows a part of the image from where one looks. */
  show(part: Box<"world">): void {
    const camera = this.#aim();
    if (camera) this.#go(fitted(part, this.#space, this.size, camera));
  }

  stretchTo(wanted: number): void {
    const stretch = Number(wanted.toPrecision(4));
    const before = this.#space.stretch;
    this.#space = spaceOf(this.world, stretch);
    this.stretch.setState(stretch);
    const camera = this.#aim();
    if (!camera) return;
    const [x, y, z] = camera.target;
    this.#move({ ...camera, target: [x, y, (z / before) * stretch] });
  }

  close(): void {
    clearTimeout(this.#resting);
  }

  /** What a hand goes on from: who turns during a flight turns what it was to end with. */
  #aim(): Orbit | undefined {
    return this.#flight.goal ?? this.#camera;
  }

  #move(camera: Orbit): void {
    this.#flight.stop();
    this.#put(camera);
  }

  #put(camera: Orbit): Orbit {
    const place = orbitPlace(camera, this.#space);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#options.onRest();
      this.#session.view.setState({ orbit: place });
    }, REST);
    this.#options.onMove();
    // Exactly where a link says, so that who opens it sees the same pixels.
    this.#camera = orbitAt(place, this.#space);
    return this.#camera;
  }

  /** Where the camera was last, or where a link puts it; else on the whole image. */
  #first(size: CanvasSize): Orbit {
    const { orbit } = this.#session.view.getState();
    const whole = fitted(this.world, this.#space, size, orbit ?? this.#home);
    const camera = orbitAt(orbit ?? orbitPlace(whole, this.#space), this.#space);
    return zoomedOrbit(camera, size, middleOf(size), 1, whole.zoom);
  }

  #go(to: Orbit): void {
    if (!this.#camera) return;
    this.#flight.start(this.#camera, to);
    this.#options.onMove();
  }
}

function middleOf({ width, height }: CanvasSize): CanvasPoint {
  return { x: width / 2, y: height / 2 };
}
