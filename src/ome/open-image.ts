/** Opening an image: its levels, its channels and the names of its labels. */
import type { ZarrFormat } from "../zarr/array.ts";
import type { ZarrNode } from "../zarr/node.ts";
import type { Options, Store } from "../zarr/store.ts";
import { omeAttributes } from "./attributes.ts";
import { countOf } from "./axes.ts";
import { parseChannels } from "./channels.ts";
import { listLabels } from "./labels.ts";
import type { Image } from "./multiscale.ts";
import { openMultiscale } from "./open-multiscale.ts";
import { requireNode } from "./require-node.ts";

/** The image of a group already read: one request per level and one for the list of labels, all at once. */
export async function imageOf(store: Store, node: ZarrNode, options: Options = {}): Promise<Image> {
  const labelProblems: string[] = [];
  const [multiscale, labels] = await Promise.all([
    openMultiscale(store, node, options),
    listLabels(store, node.path, node.format, labelProblems, options),
  ]);
  const { axes, levels } = multiscale;
  const problems = [...multiscale.problems, ...labelProblems];
  const { shape, dtype } = levels[0].array;
  const count = countOf(axes, shape, "c");
  return {
    ...multiscale,
    channels: parseChannels(omeAttributes(node), { count, dtype }, problems),
    labels,
    problems,
  };
}

/**
 * The image at a path inside the store; knowing the format saves requests.
 * @throws Fault "missing", "unsupported" or "invalid", naming the path and what was expected.
 */
export async function openImage(
  store: Store,
  path: string,
  options: Options & { readonly format?: ZarrFormat } = {},
): Promise<Image> {
  return imageOf(store, await requireNode(store, path, options), options);
}
