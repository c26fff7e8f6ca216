/** The exports of chosen parts of an image: which voxels, under which names, and what each says of where it is from. */
import { orStopped } from "../../base/abort.ts";
import { worldFromPixel } from "../../geometry/pixel-grid.ts";
import type { CropOptions } from "../../ome/crop.ts";
import type { Level } from "../../ome/multiscale.ts";
import { journalName, type Source } from "../../state/source.ts";
import type { Export } from "./export-pixels.ts";
import { fileName, type Part, type Parts, voxelsOf } from "./parts.ts";
import { type Looked, seenChannels } from "./seen-channels.ts";

export interface Choice {
  readonly desk: Looked;
  readonly source: Source;
  readonly parts: Parts;
  readonly level: Level;
  readonly planes: "all" | "one";
}

/** Each in turn is a part of the whole progress. @throws Fault as the source does */
export async function exportsOf(
  { desk, source, parts, level, planes }: Choice,
  { signal, onProgress }: CropOptions,
): Promise<readonly [Export, ...Export[]]> {
  const { image } = desk;
  const { origin, reader, title } = source;
  const from = origin.kind === "url" ? journalName(origin) : title;
  const channels = await orStopped(seenChannels(desk), signal);
  const [first, ...others] = parts.each;
  const exportOf = (part: Part, i: number): Export => {
    const box = voxelsOf(part, level, image.levels[0], planes);
    // Where the copied voxels are, which neither a view beyond the image nor an ROI that cuts voxels says.
    const { min, max } = worldFromPixel(level.grid, box);
    return {
      crop: { image: { ...image, channels }, level, box },
      source: reader,
      name: others.length === 0 ? fileName(title, image.path, part.suffix) : part.suffix,
      origin: { croppedFrom: { source: from, image: image.path, min, max } },
      signal,
      onProgress: (done, of) => onProgress(i + done / of, parts.each.length),
    };
  };
  return [exportOf(first, 0), ...others.map((part, i) => exportOf(part, i + 1))];
}
