/** What a user chose for a channel, read back from where anything may be written. */
import type { ChannelView } from "./view.ts";

/** What is left out stays as the image says. */
export type ChannelLook = Partial<
  Pick<ChannelView, "color" | "visible" | "gamma" | "lut"> & {
    readonly window: NonNullable<ChannelView["window"]>;
  }
>;

/** The parts of it that can be drawn. A table of no known name is drawn as none. */
export function lookOf(kept: Readonly<Record<string, unknown>>): ChannelLook {
  const { visible, gamma, lut } = kept;
  const color = numbers(kept["color"], 3);
  const [r = 0, g = 0, b = 0] = color ?? [];
  const [start = 0, end = 0] = numbers(kept["window"], 2) ?? [];
  return {
    ...(typeof visible === "boolean" ? { visible } : {}),
    ...(typeof gamma === "number" && gamma > 0 && Number.isFinite(gamma) ? { gamma } : {}),
    ...(typeof lut === "string" ? { lut } : {}),
    ...(color?.every((part) => part >= 0 && part <= 255) ? { color: [r, g, b] } : {}),
    ...(start < end ? { window: [start, end] } : {}),
  };
}

function numbers(value: unknown, length: number): readonly number[] | undefined {
  const isFit =
    Array.isArray(value) && value.length === length && value.every((part) => Number.isFinite(part));
  return isFit ? value : undefined;
}
