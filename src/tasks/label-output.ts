/** The label a run makes: created unlisted, listed when it is whole, gone if the run ends before that. */
import { Fault } from "../base/fault.ts";
import { type JsonObject, objectAt } from "../base/json.ts";
import { createLabel } from "../ome/create-label.ts";
import { labelsPath, listLabels } from "../ome/labels.ts";
import type { Image, Level, Multiscale } from "../ome/multiscale.ts";
import { labelExists, registerLabel, unregisterLabel } from "../ome/register-label.ts";
import { writeAttributes } from "../zarr/hierarchy.ts";
import { readNode } from "../zarr/node.ts";
import { keyOf, type Options, writable } from "../zarr/store.ts";
import { StoreFence } from "./store-fence.ts";

export interface LabelOutput<Made> {
  readonly name: string;
  /** The image level whose voxels the label has. */
  readonly level: Level;
  /** Whether a label of that name may be lost for this one. */
  readonly replace: boolean;
  /** Writes all voxels through the label's arrays. */
  fill(label: Multiscale): Promise<Made>;
  /** What is kept, as the attribute `fovea` of the label's group, of how it was made. */
  provenance(made: Made): JsonObject;
}

/** Our own attribute of a label's group: what made it, or that it was never finished. */
const OWN = "fovea";
const UNFINISHED: JsonObject = { [OWN]: { unfinished: true } };

/**
 * Makes a label in this order: what it replaces is unlisted and removed, metadata, voxels (`fill`), what made it,
 * its place in the list of labels. Other tools see it only after the last step, and if any step fails or is stopped
 * nothing of it is left.
 * @returns what `fill` gave.
 * @throws Fault "conflict" where the name is taken and may not be replaced; "readonly"; "aborted"; whatever `fill` throws.
 */
export async function makeLabel<Made>(
  image: Image,
  output: LabelOutput<Made>,
  options: Options = {},
): Promise<Made> {
  const { name, level, replace } = output;
  const fence = new StoreFence(writable(image.store));
  const target: Image = { ...image, store: fence };
  const path = `${labelsPath(image.path)}/${name}`;
  const taken = await isTaken(image, name, path, options);
  if (taken && !replace)
    throw new Fault("conflict", `The image has a label "${name}" already`, { where: path });
  try {
    if (taken) await unregisterLabel(target, name, options);
    // Also where nothing is known to be: a removal that was killed leaves chunks without metadata.
    await fence.delete(keyOf(path), options);
    const spec = { name, level, dtype: "uint32", attributes: UNFINISHED } as const;
    const label = await createLabel(target, spec, options);
    const made = await output.fill(label);
    await writeProvenance(label, output.provenance(made), options);
    await registerLabel(target, name, options);
    return made;
  } catch (error) {
    await fence.shut();
    await remove(image, name, path);
    throw error;
  }
}

/** Whether a label is there that someone would miss. What an interrupted run of ours left behind is not. */
async function isTaken(
  image: Image,
  name: string,
  path: string,
  options: Options,
): Promise<boolean> {
  if (!(await labelExists(image, name, options))) return false;
  const node = await readNode(image.store, path, { ...options, format: image.zarrFormat });
  return objectAt(node?.attributes, OWN)?.["unfinished"] !== true;
}

async function writeProvenance(
  label: Multiscale,
  provenance: JsonObject,
  options: Options,
): Promise<void> {
  const { store, path, zarrFormat: format } = label;
  const node = await readNode(store, path, { ...options, format });
  const attributes = { ...node?.attributes, [OWN]: provenance };
  await writeAttributes(store, path, format, attributes, options);
}

/** Removes a label that is not whole, and takes it off the list if it was just being put there. */
async function remove(image: Image, name: string, path: string): Promise<void> {
  try {
    const listed = await listLabels(image.store, image.path, image.zarrFormat, []);
    if (listed.includes(name)) await unregisterLabel(image, name);
    await writable(image.store).delete(keyOf(path));
  } catch {
    // What ended the run (disk gone, permission lost) can also keep the rest from being removed. If it is not listed
    // it says that it is unfinished, so the next run of that name removes it; the first error is the one to tell.
  }
}
