/**
 * Opening the levels of a multiscale; a level that cannot be used is noted, and the others work. One that the network did
 * not bring is no such level: without it the next one would pass for the finest.
 */
import { counted } from "../base/counted.ts";
import { Fault, type FaultTag, isFault, sentence } from "../base/fault.ts";
import { holdsPixels } from "../zarr/array.ts";
import { isMissingOnWeb } from "../zarr/missing-on-web.ts";
import type { ZarrNode } from "../zarr/node.ts";
import { openArray } from "../zarr/open-array.ts";
import { below, type Options, type Store } from "../zarr/store.ts";
import { omeAttributes, placeOf, versionOf } from "./attributes.ts";
import { gridOf } from "./axes.ts";
import { type Dataset, parseDatasets } from "./datasets.ts";
import type { Axis, Level, Multiscale } from "./multiscale.ts";

/**
 * The multiscale of a group already read; opens each level's array, all at once.
 * @throws Fault "invalid" where no level can be used; what the network or the store refused keeps its own tag, and where
 * it may be another time, one level is enough.
 */
export async function openMultiscale(
  store: Store,
  node: ZarrNode,
  options: Options = {},
): Promise<Multiscale> {
  const { path, format } = node;
  const { name, axes, datasets } = parseDatasets(omeAttributes(node), path);
  const tries = await Promise.all(
    datasets.map((dataset) => tryLevel(store, node, axes, dataset, options)),
  );
  const problems = tries.flatMap((level, i) =>
    level instanceof Fault ? [`Level ${nameOf(datasets[i], i)}: ${sentence(level)}`] : [],
  );
  const [finest, ...coarser] = tries.filter((level): level is Level => !(level instanceof Fault));
  if (finest === undefined) throw noLevel(path, problems, tries[0]);
  return {
    path,
    store,
    name: name ?? path.split("/").at(-1) ?? "",
    zarrFormat: format,
    version: versionOf(format),
    axes,
    levels: [finest, ...coarser],
    problems,
  };
}

async function tryLevel(
  store: Store,
  { path, format }: ZarrNode,
  axes: readonly Axis[],
  dataset: Dataset | Fault,
  options: Options,
): Promise<Level | Fault> {
  if (dataset instanceof Fault) return dataset;
  try {
    const array = await openArray(store, below(path, dataset.path), format, options);
    if (array.shape.length !== axes.length)
      throw new Fault(
        "invalid",
        `The array "${array.path}" has ${counted(array.shape.length, "dimension")}, and "multiscales[0].axes" names ${axes.length}`,
        { where: array.path },
      );
    if (!holdsPixels(array))
      throw new Fault("unsupported", `The array "${array.path}" holds text, and not numbers`, {
        where: array.path,
      });
    const { scale, translation } = dataset;
    return {
      name: dataset.path,
      array,
      scale,
      translation,
      grid: gridOf(axes, array.shape, scale),
    };
  } catch (error) {
    if (isFault(error) && (LASTING.includes(error.tag) || isMissingOnWeb(store, error)))
      return error;
    throw error;
  }
}

/** What is so however often a level is asked for. */
const LASTING: readonly FaultTag[] = ["missing", "invalid", "unsupported"];

const nameOf = (dataset: Dataset | Fault | undefined, i: number): string =>
  dataset === undefined || dataset instanceof Fault ? String(i) : dataset.path;

/** A refusal says more than that no level is there, so it keeps its tag. */
function noLevel(
  path: string,
  problems: readonly string[],
  first: Level | Fault | undefined,
): Fault {
  const tag = isFault(first) && first.tag !== "missing" ? first.tag : "invalid";
  return new Fault(
    tag,
    `${placeOf(path)} has no level that can be read, and at least one array of "multiscales[0].datasets" is expected. ${problems.join(". ")}`,
    { where: path, cause: first },
  );
}
