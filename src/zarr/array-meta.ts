/** Parses the metadata of an array, v2 or v3, into the one form the rest of Fovea knows. */
import { Fault } from "../base/fault.ts";
import { type Json, type JsonObject, listAt, objectAt, textAt } from "../base/json.ts";
import type { ArrayMeta, NumberType, ZarrFormat } from "./array.ts";
import { isKnownCodec } from "./codecs.ts";
import { shardingOf } from "./sharding.ts";

type Dtype = ArrayMeta["dtype"];

/**
 * @param stored the parsed .zarray, or zarr.json without attributes
 * @throws Fault "invalid" or "unsupported", naming the array and the member
 */
export function arrayMeta(
  path: string,
  format: ZarrFormat,
  stored: JsonObject,
  attributes: JsonObject,
): ArrayMeta {
  const at = (member: string) => `"${member}" of the array ${path || "/"}`;
  const dtype = format === 2 ? dtypeV2(stored, at("dtype")) : dtypeV3(stored, at("data_type"));
  const sharding = shardingOf(stored);
  const coded = format === 2 ? `the array ${path || "/"}` : at("codecs");
  checkCodecs(codecsOf(format, stored), dtype, coded);
  if (listAt(stored, "storage_transformers").length > 0)
    throw new Fault("unsupported", `Fovea cannot read ${at("storage_transformers")}`);
  const shape = counts(listAt(stored, "shape"), at("shape"));
  const files = chunksOfFiles(format, stored, at);
  const chunks = sharding ? counts(sharding.chunks, at("chunk_shape")) : files;
  if (files.length !== shape.length || chunks.length !== shape.length)
    throw new Fault("invalid", `${at("chunks")} does not have one number for each axis`);
  if (files.some((size, axis) => size % (chunks[axis] || 1) !== 0))
    throw new Fault("invalid", `The shards of the array ${path} do not hold whole chunks`);
  const fill = fillOf(dtype, stored["fill_value"]);
  const shards = sharding ? { shards: files } : {};
  return { format, path, shape, chunks, ...shards, dtype, fill, attributes, stored };
}

function chunksOfFiles(
  format: ZarrFormat,
  stored: JsonObject,
  at: (member: string) => string,
): readonly number[] {
  if (format === 2) return counts(listAt(stored, "chunks"), at("chunks"));
  const grid = objectAt(stored, "chunk_grid");
  const name = textAt(grid, "name");
  if (name !== "regular")
    throw new Fault(
      "unsupported",
      `Fovea reads regular chunk grids; ${at("chunk_grid")} is ${name}`,
    );
  return counts(listAt(objectAt(grid, "configuration"), "chunk_shape"), at("chunk_shape"));
}

function counts(list: readonly Json[], what: string): readonly number[] {
  return list.map((n) => {
    if (typeof n === "number" && Number.isInteger(n) && n >= 0) return n;
    throw new Fault("invalid", `${what} should be whole numbers, and has ${JSON.stringify(n)}`);
  });
}

const V2_TYPES: Readonly<Record<string, NumberType>> = {
  b1: "bool",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
};
const NUMBER_TYPES: ReadonlySet<string> = new Set(Object.values(V2_TYPES));

function dtypeV2(stored: JsonObject, what: string): Dtype {
  const { dtype } = stored;
  const [, type = ""] = (typeof dtype === "string" && /^[<>|](.*)$/.exec(dtype)) || [];
  const number = V2_TYPES[type];
  if (number !== undefined) return number;
  if (/^[SU]\d+$/.test(type) || type === "O") return "string";
  throw new Fault("unsupported", `Fovea cannot read ${what}: ${JSON.stringify(dtype)}`);
}

function dtypeV3(stored: JsonObject, what: string): Dtype {
  const type = stored["data_type"];
  if (typeof type === "string" && NUMBER_TYPES.has(type)) return type as NumberType;
  if (type === "string") return "string";
  throw new Fault("unsupported", `Fovea cannot read ${what}: ${JSON.stringify(type)}`);
}

/** The names of an array's codecs as `registerCodecs` knows them; of a sharded array, those of its inner chunks. */
export function codecsOf(format: ZarrFormat, stored: JsonObject): readonly string[] {
  if (format === 2)
    return [...listAt(stored, "filters"), stored["compressor"] ?? null]
      .filter((codec) => codec !== null)
      .map((codec) => `numcodecs.${textAt(codec, "id")}`);
  const outer = listAt(stored, "codecs");
  // Around shards, any other codec would change what the index says; a second name makes the check below refuse it.
  const codecs = outer.length === 1 ? (shardingOf(stored)?.codecs ?? outer) : outer;
  return codecs.map((codec) => textAt(codec, "name") ?? "?");
}

/** Codecs that leave the bits of a value alone, and so work on a half float as 16 bits. */
const BITWISE = /^(numcodecs\.)?(blosc|bytes|crc32c|gzip|lz4|shuffle|transpose|zlib|zstd)$/;

function checkCodecs(names: readonly string[], dtype: Dtype, what: string): void {
  const unknown = names.find(
    (name) =>
      (!isKnownCodec(name) && name !== "numcodecs.fixedscaleoffset") ||
      (dtype === "float16" && !BITWISE.test(name)),
  );
  if (unknown !== undefined)
    throw new Fault(
      "unsupported",
      `Fovea cannot read the codec "${unknown.replace(/^numcodecs\./, "")}" in ${what}`,
    );
}

function fillOf(dtype: Dtype, fill: Json | undefined): ArrayMeta["fill"] {
  if (dtype === "string") return typeof fill === "string" ? fill : "";
  if (dtype === "int64" || dtype === "uint64") return integer(dtype, fill);
  if (typeof fill === "string") return numberFromText(dtype, fill);
  return typeof fill === "number" || typeof fill === "boolean" ? fill : null;
}

/** JSON's numbers round large integers; the type's ends, the usual fill values among those, are met exactly. */
function integer(dtype: "int64" | "uint64", fill: Json | undefined): bigint | null {
  if (typeof fill !== "number" || !Number.isInteger(fill)) return null;
  const [low, high] = dtype === "int64" ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
  const exact = BigInt(fill);
  if (exact < low) return low;
  return exact > high ? high : exact;
}

/** "NaN", "Infinity", or the bits in hexadecimal ("0x7fc00000"; Zarr v3 core, "Fill value"). */
function numberFromText(dtype: Dtype, text: string): number {
  const bits = /^0x[0-9a-f]+$/i.test(text) ? BigInt(text) : undefined;
  if (bits === undefined) return Number(text);
  const view = new DataView(new ArrayBuffer(8));
  if (dtype === "float64") {
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  }
  view.setUint32(0, Number(bits & 0xffffffffn));
  return dtype === "float32" ? view.getFloat32(0) : 0;
}
