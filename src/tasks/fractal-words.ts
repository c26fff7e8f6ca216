/** What one task's parameters are in the words of Fractal. */
import type { JsonObject } from "../base/json.ts";
import type { Image } from "../ome/multiscale.ts";
import type { ChannelRef } from "./fields.ts";

export interface FractalWords {
  /** The name in Fractal's task list. */
  readonly task: string;
  readonly arguments: JsonObject;
  /** What these arguments do not say; they are of no use unless there is nothing. */
  readonly unsaid: readonly string[];
  readonly notes?: readonly string[];
}

/** Fractal's `InputChannel`. */
export function channelWords({ mode, identifier }: ChannelRef): JsonObject {
  return { mode, identifier };
}

/** A name where Fractal takes a Python template: what is in braces would be filled in. */
export function literal(name: string): string {
  return name.replace(/[{}]/g, "$&$&");
}

/** A name as a template of Fractal's, which must hold that of the image it is made of; undefined where it does not. */
export function templateOf(name: string, image: string): string | undefined {
  const at = image === "" ? -1 : name.indexOf(image);
  if (at < 0) return undefined;
  return `${literal(name.slice(0, at))}{image_name}${literal(name.slice(at + image.length))}`;
}

/**
 * What is to say of the type of a new image: ngio 0.5 `derive_image`, which Fractal's tasks call, makes uint16 of all.
 */
export function newImageWords({
  levels,
}: Image): Pick<FractalWords, "unsaid"> & { readonly notes: readonly string[] } {
  const { dtype } = levels[0].array;
  return {
    unsaid: those([
      [
        dtype !== "uint8" && dtype !== "uint16",
        `Pixels of ${dtype}: Fractal's new image is of uint16, which does not hold them`,
      ],
    ]),
    notes: those([[dtype === "uint8", "Fractal's new image is of uint16, with the same values"]]),
  };
}

/** The sentences of those that hold. */
export function those(steps: readonly (readonly [holds: boolean, sentence: string])[]): string[] {
  return steps.flatMap(([holds, sentence]) => (holds ? sentence : []));
}
