/** Whether what a run has made so far still stands: a folder on disk is open to other programs too. */
import { Fault, isFault } from "../base/fault.ts";
import { objectAt, textAt } from "../base/json.ts";
import type { Image, Multiscale } from "../ome/multiscale.ts";
import { openMultiscale } from "../ome/open-multiscale.ts";
import type { ZarrArray } from "../zarr/array.ts";
import { readNode, type ZarrNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import type { Options } from "../zarr/store.ts";
import type { MadeGroup } from "./journal.ts";
import type { Makes } from "./makes.ts";
import { OWN } from "./output.ts";

/** Opens what a run that was cut off has made so far; @throws Fault "conflict" where it is that run's no more. */
export async function reopenOutput(
  image: Image,
  makes: Makes,
  groups: readonly MadeGroup[],
  run: string,
  options: Options,
): Promise<Multiscale | undefined> {
  const [group] = groups;
  if (makes.array === undefined || group === undefined) return undefined;
  const output = await openMultiscale(
    image.store,
    await ownNode(image, group.path, run, options),
    options,
  );
  const [problem] = output.problems;
  if (problem !== undefined) throw spoiled(group.path, `. ${problem}`);
  return output;
}

/** @throws Fault "conflict" where what a run has made, or an array of it, is there no more */
export async function checkOutput(
  output: Multiscale,
  run: string,
  options: Options,
): Promise<void> {
  await ownNode(output, output.path, run, options);
  for (const { array } of output.levels) {
    const found = await openArray(output.store, array.path, output.zarrFormat, options).catch(
      (error: unknown) => {
        if (isFault(error, "missing")) return undefined;
        throw error;
      },
    );
    if (found === undefined || layoutOf(found) !== layoutOf(array)) throw spoiled(array.path);
  }
}

const layoutOf = ({ shape, chunks, dtype }: ZarrArray): string => `${shape} / ${chunks} ${dtype}`;

async function ownNode(
  { store, zarrFormat: format }: Multiscale,
  path: string,
  run: string,
  options: Options,
): Promise<ZarrNode> {
  const node = await readNode(store, path, { ...options, format });
  const own = objectAt(node?.attributes, OWN);
  if (node?.kind === "group" && (textAt(own, "run") ?? textAt(objectAt(own, "run"), "id")) === run)
    return node;
  throw spoiled(path);
}

function spoiled(path: string, why = ""): Fault {
  return new Fault(
    "conflict",
    `Another program has removed or replaced ${path}, so the run cannot go on; cancel it${why}`,
  );
}
