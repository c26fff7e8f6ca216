/** IEEE 754 half precision to and from float32, for engines without Float16Array. */

/** The numbers whose bits the halves are. */
export function floatsFromHalves(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(halves, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** The bits of the nearest halves, ties to even; what is too large becomes infinite. */
export function halvesFromFloats(floats: Float32Array): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(floats, (value) => {
    if (Number.isNaN(value)) return 0x7e00;
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (size >= 65520) return sign | 0x7c00;
    const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -24)));
    // In units of the last place, exponent and fraction are one number: a fraction that rounds up to 2 carries over.
    return sign | (((exponent + 14) << 10) + halfEven(size * 2 ** (10 - exponent)));
  });
}

function halfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
