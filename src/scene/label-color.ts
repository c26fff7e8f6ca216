/** The colour of a label's id: a hash, so that any id has one; the same in TypeScript and in the shader. */
import { idHalves, type LabelId, spreadId } from "../ome/label-id.ts";

/**
 * The colour of an id, 24-bit RGB: any hue, clear and bright, the same in every session.
 * Neighbouring ids get unlike colours.
 */
export function labelColor(id: LabelId): readonly [r: number, g: number, b: number] {
  const hash = spreadId(...idHalves(id));
  const hue = (hash & 0xffff) / 0x10000;
  const saturation = 0.5 + (0.4 * ((hash >>> 16) & 0xff)) / 0xff;
  const value = 0.78 + (0.22 * (hash >>> 24)) / 0xff;
  const channel = (turn: number): number => {
    const ramp = Math.abs(((hue + turn) % 1) * 6 - 3) - 1;
    const pure = Math.min(1, Math.max(0, ramp));
    return Math.round(255 * value * (1 + saturation * (pure - 1)));
  };
  return [channel(0), channel(2 / 3), channel(1 / 3)];
}

/** `labelColor` in GLSL ES 3.00 below `spreadIdGlsl`, its channels from 0 to 1. */
export const labelColorGlsl = `\
vec3 labelColor(uvec2 id) {
  uint hash = spreadId(id);
  float hue = float(hash & 0xffffu) / 65536.0;
  float saturation = 0.5 + 0.4 * float((hash >> 16) & 0xffu) / 255.0;
  float value = 0.78 + 0.22 * float(hash >> 24) / 255.0;
  vec3 ramp = abs(fract(hue + vec3(0.0, 2.0 / 3.0, 1.0 / 3.0)) * 6.0 - 3.0) - 1.0;
  return value * (1.0 + saturation * (clamp(ramp, 0.0, 1.0) - 1.0));
}
`;
