/** The smallest TIFF files there can be, for tests of what reads them (TIFF 6.0, one strip per page). */

export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** Bytes of one number. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** 1 without sign, 2 with, 3 floats. */
  readonly format?: 1 | 2 | 3;
  /** 1 where zero is black, 0 where it is white, 2 for RGB. */
  readonly photometric?: 0 | 1 | 2;
  readonly samples?: number;
  /** 1 none, 8 Deflate. */
  readonly compression?: 1 | 8;
  /** In the file's byte order, compressed if said so. */
  readonly strip: Uint8Array;
}

/** Little-endian unless said otherwise; pages follow one another. */
export function tiffFile(pages: readonly TiffPage[], isLittle = true): Uint8Array<ArrayBuffer> {
  const view = new DataView(
    new ArrayBuffer(8 + pages.reduce((n, p) => n + 138 + p.strip.length, 0)),
  );
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  let at = 8;
  view.setUint32(4, at, isLittle);
  for (const [i, page] of pages.entries()) {
    const { samples = 1, photometric = 1, compression = 1, format = 1 } = page;
    const strip = at + 138;
    const next = i + 1 < pages.length ? strip + page.strip.length : 0;
    const tags: readonly (readonly [tag: number, value: number])[] = [
      [256, page.width],
      [257, page.height],
      [258, 8 * page.bytes],
      [259, compression],
      [262, photometric],
      [273, strip],
      [277, samples],
      [278, page.height],
      [279, page.strip.length],
      [284, 1],
      [339, format],
    ];
    view.setUint16(at, tags.length, isLittle);
    for (const [k, [tag, value]] of tags.entries()) {
      const entry = at + 2 + 12 * k;
      view.setUint16(entry, tag, isLittle);
      view.setUint16(entry + 2, 4, isLittle);
      view.setUint32(entry + 4, 1, isLittle);
      view.setUint32(entry + 8, value, isLittle);
    }
    view.setUint32(at + 2 + 12 * tags.length, next, isLittle);
    new Uint8Array(view.buffer).set(page.strip, strip);
    at = strip + page.strip.length;
  }
  return new Uint8Array(view.buffer);
}
