/** The id of an object in a label: exact whatever type it is stored as, and as the GPU has it. */

/** A bigint only where no number is exact, which is beyond 2^53. */
export type LabelId = number | bigint;

export function labelIdOf(value: number | bigint): LabelId {
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : value;
}

/** An id as two numbers of 32 bits, those of its two's complement; a fraction is cut off. */
export function idHalves(id: LabelId): readonly [low: number, high: number] {
  if (typeof id === "bigint") {
    const bits = BigInt.asUintN(64, id);
    return [Number(bits & 0xffff_ffffn), Number(bits >> 32n)];
  }
  return [id >>> 0, Math.floor(id / 2 ** 32) >>> 0];
}

/** 32 bits that say little of the id they are from; ids up to 2^32 never share them. */
export function spreadId(low: number, high: number): number {
  return spread((low ^ spread(high)) >>> 0);
}

/** Spreads 32 bits over all 32 (Wellons' lowbias32, https://nullprogram.com/blog/2018/07/31/). */
function spread(bits: number): number {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** `spreadId` in GLSL ES 3.00. */
export const spreadIdGlsl = `\
uint spread(uint bits) {
  uint hash = bits;
  hash = (hash ^ (hash >> 16)) * 0x7feb352du;
  hash = (hash ^ (hash >> 15)) * 0x846ca68bu;
  return hash ^ (hash >> 16);
}

uint spreadId(uvec2 id) {
  return spread(id.x ^ spread(id.y));
}
`;
