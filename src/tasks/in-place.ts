/**
 * Replacing an image's own pixels: the chunks that will be written, and the attributes, are copied to the run's folder
 * first; units read their pixels there, and whatever comes, all can be put back bit by bit. Nothing else of the image is
 * touched.
 */
import { type JsonObject, objectAt } from "../base/json.ts";
import { Limiter } from "../base/limiter.ts";
import type { Image, Multiscale } from "../ome/multiscale.ts";
import { stepsFrom, targetsOf } from "../ome/pyramid-step.ts";
import type { ZarrArray, ZarrFormat } from "../zarr/array.ts";
import { coordsKey } from "../zarr/chunk-grid.ts";
import { chunkKey } from "../zarr/chunk-key.ts";
import { writeAttributes } from "../zarr/hierarchy.ts";
import { jsonBytes, readJson } from "../zarr/json-file.ts";
import { readNode } from "../zarr/node.ts";
import { keyOf, type Options, type Store, type WritableStore, writable } from "../zarr/store.ts";
import type { Plan } from "./plan.ts";

const BEFORE = "before";
/** The keys of all chunks that are kept, whether there is a file or not. */
const KEPT = keyOf(BEFORE, "chunks.json");
const COPIES_AT_ONCE = 8;

/** An array as it was before the run: its chunks lie in the folder. */
export function arrayBefore(folder: Store, array: ZarrArray): ZarrArray {
  return { ...array, store: folder, path: `${BEFORE}/${array.path}` };
}

/** Copies what the run is going to write over. Touches nothing; what it has copied is of no use before it is done. */
export async function keepBefore(
  image: Image,
  plan: Plan,
  folder: WritableStore,
  options: Options,
): Promise<void> {
  const chunks = chunksOf(image, plan);
  const limiter = new Limiter(COPIES_AT_ONCE);
  const names = chunks.map((name) => name.slice(1));
  await Promise.all(
    names.map((name) =>
      limiter.run(() => copy(image.store, name, folder, beforeOf(name), options)),
    ),
  );
  const attributes = attributesOf(image.path, image.zarrFormat);
  await copy(image.store, attributes, folder, beforeOf(attributes), options);
  await folder.set(KEPT, jsonBytes({ names }), options);
}

/** The keys of the chunks that units write to, at all levels. */
function chunksOf({ levels }: Multiscale, { units }: Plan): string[] {
  const arrays = levels.map(({ array }) => array);
  const found = arrays.map(() => new Map<string, readonly number[]>());
  const add = (level: number, coords: readonly number[]) =>
    found[level]?.set(coordsKey(coords), coords);
  for (const { chunks } of units) for (const coords of chunks) add(0, coords);
  for (const step of stepsFrom(0, arrays, "mean"))
    for (const coords of found[step.from]?.values() ?? [])
      for (const target of targetsOf(step, coords)) add(step.to, target);
  return arrays.flatMap((array, level) =>
    Array.from(found[level]?.values() ?? [], (coords) =>
      keyOf(array.path, chunkKey(array, coords)),
    ),
  );
}

/** Says in an attribute of ours that the image is being changed, and opens its arrays to be written. */
export async function beginInPlace(
  image: Image,
  own: string,
  run: string,
  options: Options,
): Promise<Multiscale> {
  const { store, path, zarrFormat: format } = image;
  const node = await readNode(store, path, { ...options, format });
  const before = objectAt(node?.attributes, own);
  // Not `true`: that would say that nobody misses it.
  const attributes = { ...node?.attributes, [own]: { ...before, unfinished: "in place", run } };
  await writeAttributes(store, path, format, attributes, options);
  const [finest, ...coarser] = image.levels.map((level) => ({
    ...level,
    array: { ...level.array, store },
  }));
  return { ...image, levels: finest ? [finest, ...coarser] : image.levels };
}

/** Puts back what was kept: chunks first, so that the image says that it is unfinished until it is as it was. */
export async function putBack(
  image: Image,
  own: string,
  folder: WritableStore,
  options: Options,
): Promise<void> {
  const store = writable(image.store);
  const kept = await readJson(folder, KEPT, options);
  const limiter = new Limiter(COPIES_AT_ONCE);
  const names = Array.isArray(kept?.["names"]) ? kept["names"].map(String) : [];
  await Promise.all(
    names.map((name) => limiter.run(() => copy(folder, beforeOf(name), store, name, options))),
  );
  await putAttributesBack(image, own, folder, options);
}

/** The very file, unless another program has changed it otherwise: then only what we said in it goes. */
async function putAttributesBack(
  image: Image,
  own: string,
  folder: WritableStore,
  options: Options,
): Promise<void> {
  const { store, path, zarrFormat: format } = image;
  const name = attributesOf(path, format);
  const [now, before] = await Promise.all([
    readJson(store, keyOf(name), options),
    readJson(folder, keyOf(beforeOf(name)), options),
  ]);
  if (now === undefined || without(now, format, own) === without(before ?? {}, format, own))
    return copy(folder, beforeOf(name), writable(store), name, options);
  const { [own]: _ours, ...others } = holderOf(now, format);
  const ours = holderOf(before ?? {}, format)[own];
  const attributes = ours === undefined ? others : { ...others, [own]: ours };
  await writeAttributes(store, path, format, attributes, options);
}

/** What holds attributes in a metadata file: the file in v2, a member of it in v3. */
function holderOf(file: JsonObject, format: ZarrFormat): JsonObject {
  return format === 2 ? file : (objectAt(file, "attributes") ?? {});
}

function without(file: JsonObject, format: ZarrFormat, own: string): string {
  const { [own]: _ours, ...others } = holderOf(file, format);
  return JSON.stringify(format === 2 ? others : { ...file, attributes: others });
}

function attributesOf(path: string, format: ZarrFormat): string {
  return keyOf(path, format === 2 ? ".zattrs" : "zarr.json").slice(1);
}

const beforeOf = (name: string): string => `${BEFORE}/${name}`;

/** Makes one file as the other: gone where there is none. */
async function copy(
  from: Store,
  source: string,
  to: WritableStore,
  target: string,
  options: Options,
): Promise<void> {
  const bytes = await from.get(keyOf(source), options);
  if (bytes) await to.set(keyOf(target), bytes, options);
  else await to.delete(keyOf(target), options);
}
