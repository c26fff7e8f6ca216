/** The colour of a label's id: a hash, so that any id has one; the same in TypeScript and in the shader. */

/** The low 32 bits of an id, as the GPU sees it. Exact for whole numbers up to 2^53, negative ones too. */
export function gpuId(id: number): number {
  return id >>> 0;
}

/**
 * The colour of an id, 24-bit RGB: any hue, clear and bright, the same in every session.
 * Neighbouring ids get unlike colours.
 */
export function labelColor(id: number): readonly [r: number, g: number, b: number] {
  const hash = mix(gpuId(id));
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

/** Spreads an id's bits over all 32 (Wellons' lowbias32, https://nullprogram.com/blog/2018/07/31/). */
function mix(id: number): number {
  let hash = id;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** `labelColor` in GLSL ES 3.00, its channels from 0 to 1. */
export const labelColorGlsl = `\
vec3 labelColor(uint id) {
  uint hash = id;
  hash = (hash ^ (hash >> 16)) * 0x7feb352du;
  hash = (hash ^ (hash >> 15)) * 0x846ca68bu;
  hash = hash ^ (hash >> 16);
  float hue = float(hash & 0xffffu) / 65536.0;
  float saturation = 0.5 + 0.4 * float((hash >> 16) & 0xffu) / 255.0;
  float value = 0.78 + 0.22 * float(hash >> 24) / 255.0;
  vec3 ramp = abs(fract(hue + vec3(0.0, 2.0 / 3.0, 1.0 / 3.0)) * 6.0 - 3.0) - 1.0;
  return value * (1.0 + saturation * (clamp(ramp, 0.0, 1.0) - 1.0));
}
`;
