/**
 * OME-TIFF (TIFF 6.0 with OME-XML 2016-06), uncompressed and little endian: one page per plane, z before c before t. All
 * of it but the pixels comes first, so that it can be written while pixels are still being read.
 */
import { throwIfStopped } from "../base/abort.ts";
import { Fault } from "../base/fault.ts";
import { isEmpty, pixelBox } from "../geometry/box.ts";
import type { NumberType, Pixels } from "../zarr/array.ts";
import type { ChunkSource } from "../zarr/chunk-source.ts";
import { readRegion } from "../zarr/region.ts";
import { countOf, selection } from "./axes.ts";
import type { Crop, CropOptions } from "./crop.ts";
import { metresOf } from "./units.ts";

/** OME's name of a pixel type, its size in bytes, and its TIFF SampleFormat: 1 without sign, 2 with, 3 floats. */
const TYPES: Partial<
  Record<NumberType, { readonly ome: string; readonly bytes: number; readonly format: 1 | 2 | 3 }>
> = {
  bool: { ome: "uint8", bytes: 1, format: 1 },
  uint8: { ome: "uint8", bytes: 1, format: 1 },
  uint16: { ome: "uint16", bytes: 2, format: 1 },
  uint32: { ome: "uint32", bytes: 4, format: 1 },
  int8: { ome: "int8", bytes: 1, format: 2 },
  int16: { ome: "int16", bytes: 2, format: 2 },
  int32: { ome: "int32", bytes: 4, format: 2 },
  float16: { ome: "float", bytes: 4, format: 3 },
  float32: { ome: "float", bytes: 4, format: 3 },
  float64: { ome: "double", bytes: 8, format: 3 },
};

/** Offsets of a TIFF have 32 bits. */
const BYTES_MAX = 2 ** 32 - 1;

/**
 * The file, in pieces in order: its head, then plane by plane.
 * @throws Fault "unsupported" before anything is read where a TIFF cannot hold it; as the source does; "aborted"
 */
export async function* omeTiff(
  source: ChunkSource,
  crop: Crop,
  { name, signal, onProgress }: CropOptions & { readonly name: string },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { image, level, box } = crop;
  const [depth, height, width] = sizeOf(crop);
  const { shape } = level.array;
  const [channels, times] = [countOf(image.axes, shape, "c"), countOf(image.axes, shape, "t")];
  const planes = depth * channels * times;
  const type = typeOf(crop);
  const head = headOf({
    width,
    height,
    planes,
    bytes: type.bytes,
    format: type.format,
    description: omeXml(crop, name),
  });
  yield head;
  let done = 0;
  for (let t = 0; t < times; t++)
    for (let c = 0; c < channels; c++)
      for (let z = box.min[0]; z < box.max[0]; z++) {
        onProgress(done++, planes);
        throwIfStopped(signal);
        const plane = pixelBox([z, box.min[1], box.min[2]], [z + 1, box.max[1], box.max[2]]);
        const { min, max } = selection(image.axes, { t, c }, plane);
        yield bytesOf(await readRegion(source, level.array, min, max, { signal }));
      }
  onProgress(planes, planes);
}

function typeOf({ level, box }: Crop) {
  const { dtype, path } = level.array;
  const type = TYPES[dtype];
  if (isEmpty(box)) throw new Fault("input", "There are no pixels in this part of the image");
  if (type) return type;
  const text = `TIFF readers take no ${dtype}: export the pixels as OME-Zarr`;
  throw new Fault("unsupported", text, { where: path });
}

const sizeOf = ({ box: { min, max } }: Crop) =>
  [max[0] - min[0], max[1] - min[1], max[2] - min[2]] as const;

interface Pages {
  readonly width: number;
  readonly height: number;
  readonly planes: number;
  readonly bytes: number;
  readonly format: 1 | 2 | 3;
  /** ASCII. */
  readonly description: string;
}

/** TIFF types and their sizes in bytes. */
const [ASCII, SHORT, LONG] = [2, 3, 4];

/** What describes one page, in bytes: a count, entries of 12 bytes, where the next one lies. */
const directoryBytes = (entries: number): number => 2 + 12 * entries + 4;

/** A TIFF up to its first pixel; the planes follow one another. */
function headOf({ width, height, planes, bytes, format, description }: Pages) {
  const planeBytes = width * height * bytes;
  const text = new TextEncoder().encode(`${description}\0`);
  const plain = directoryBytes(11);
  // Words begin at even bytes.
  const textAt = 8 + directoryBytes(12) + plain * (planes - 1);
  const pixelsAt = 16 * Math.ceil((textAt + text.length) / 16);
  if (pixelsAt + planeBytes * planes > BYTES_MAX)
    throw new Fault(
      "unsupported",
      `A TIFF cannot hold ${((planeBytes * planes) / 2 ** 30).toFixed(1)} GiB: choose a coarser level or a smaller part, or export as OME-Zarr`,
    );
  const head = new Uint8Array(pixelsAt);
  const view = new DataView(head.buffer);
  view.setUint16(0, 0x4949, true);
  view.setUint16(2, 42, true);
  view.setUint32(4, 8, true);
  head.set(text, textAt);
  let at = 8;
  for (let plane = 0; plane < planes; plane++) {
    // ImageWidth, ImageLength, BitsPerSample, Compression, PhotometricInterpretation, [ImageDescription,] StripOffsets,
    // SamplesPerPixel, RowsPerStrip, StripByteCounts, ResolutionUnit, SampleFormat: in the order of their numbers.
    const entries: readonly (readonly [
      tag: number,
      type: number,
      value: number,
      count?: number,
    ])[] = [
      [256, LONG, width],
      [257, LONG, height],
      [258, SHORT, 8 * bytes],
      [259, SHORT, 1],
      [262, SHORT, 1],
      ...(plane === 0 ? [[270, ASCII, textAt, text.length] as const] : []),
      [273, LONG, pixelsAt + plane * planeBytes],
      [277, SHORT, 1],
      [278, LONG, height],
      [279, LONG, planeBytes],
      [296, SHORT, 1],
      [339, SHORT, format],
    ];
    view.setUint16(at, entries.length, true);
    for (const [i, [tag, type, value, count = 1]] of entries.entries()) {
      const entry = at + 2 + 12 * i;
      view.setUint16(entry, tag, true);
      view.setUint16(entry + 2, type, true);
      view.setUint32(entry + 4, count, true);
      if (type === SHORT) view.setUint16(entry + 8, value, true);
      else view.setUint32(entry + 8, value, true);
    }
    const end = at + directoryBytes(entries.length);
    view.setUint32(end - 4, plane + 1 < planes ? end : 0, true);
    at = end;
  }
  return head;
}

function omeXml(crop: Crop, name: string): string {
  const { image, level } = crop;
  const [depth, height, width] = sizeOf(crop);
  const { shape } = level.array;
  const physical = image.axes.flatMap(({ name: axis, unit }, i) => {
    const metres = metresOf(unit);
    if (metres === undefined || !/[xyz]/.test(axis)) return [];
    // Twelve digits, so that a change of unit leaves no tail of nines.
    const size = Number(((level.scale[i] ?? 1) * metres * 1e6).toPrecision(12));
    const side = axis.toUpperCase();
    return [`PhysicalSize${side}="${size}" PhysicalSize${side}Unit="&#181;m"`];
  });
  const sizes = [
    `SizeX="${width}" SizeY="${height}" SizeZ="${depth}"`,
    `SizeC="${countOf(image.axes, shape, "c")}" SizeT="${countOf(image.axes, shape, "t")}"`,
  ];
  const channels = image.channels.map(({ label, color: [r, g, b] }, i) => {
    const rgba = ((r << 24) | (g << 16) | (b << 8) | 255) >> 0;
    return `<Channel ID="Channel:0:${i}" Name="${escaped(label)}" SamplesPerPixel="1" Color="${rgba}"/>`;
  });
  const schema = "http://www.openmicroscopy.org/Schemas/OME/2016-06";
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<OME xmlns="${schema}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${schema} ${schema}/ome.xsd" Creator="Fovea">`,
    `<Image ID="Image:0" Name="${escaped(name)}">`,
    `<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="${typeOf(crop).ome}" BigEndian="false" ${[...sizes, ...physical].join(" ")}>`,
    ...channels,
    "<TiffData/></Pixels></Image></OME>",
  ].join("");
}

/** As an attribute's value, in ASCII; what XML cannot hold is left out. */
function escaped(text: string): string {
  return [...text]
    .filter((character) => character >= " " && !/[\uD800-\uDFFF\uFFFE\uFFFF]/u.test(character))
    .map((character) =>
      /[\w\s.,:;()/+-]/.test(character) ? character : `&#${character.codePointAt(0)};`,
    )
    .join("");
}

/** Little endian, as every machine is that Fovea runs on. */
function bytesOf({ buffer, byteOffset, byteLength }: Pixels): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
