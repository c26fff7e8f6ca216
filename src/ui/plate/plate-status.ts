/** What the drawing of a plate tells the page. */
import type { Camera } from "../../scene/camera.ts";

/** A well that is not as its neighbours are; a well that is, has none. */
export type WellMark =
  | { readonly kind: "empty" | "absent" }
  | { readonly kind: "failed" | "other" | "lacking"; readonly why: string };

export interface PlateStatus {
  readonly busy: boolean;
  /** Another number whenever some of the picture has come. */
  readonly come: number;
  readonly worldPerPixel: number;
  /** Index of the well under the pointer. */
  readonly under: number | undefined;
  /** By the well's index. */
  readonly marks: ReadonlyMap<number, WellMark>;
  /** How many wells could not be read, or something over them. */
  readonly failed: number;
  /** Milliseconds since 1970, where some of what is shown was kept by the browser. */
  readonly asOf: number | undefined;
  /** Why something that was asked for is not to be seen. */
  readonly note: string | undefined;
  /** Undefined before the first frame. */
  readonly camera: Camera | undefined;
}

export const FIRST_PLATE_STATUS: PlateStatus = {
  busy: true,
  come: 0,
  worldPerPixel: 1,
  under: undefined,
  marks: new Map(),
  failed: 0,
  asOf: undefined,
  note: undefined,
  camera: undefined,
};

/** A mark in words. */
export function markText(mark: WellMark): string {
  switch (mark.kind) {
    case "empty":
      return "empty: no chunk of it is stored";
    case "absent":
      return "absent: the plate lists it, and nothing is there. Press to look again";
    case "lacking":
      return mark.why;
    case "failed":
      return `could not be read: ${mark.why}. Press to try again`;
    case "other":
      return `unlike the first well: ${mark.why}`;
  }
}
