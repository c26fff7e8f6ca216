/** What is looked up before objects are measured: the channels, the label's level, and what an ROI has of both. */
import { zyx } from "../geometry/box.ts";
import { indexOf, selection } from "../ome/axes.ts";
import type { Image } from "../ome/multiscale.ts";
import type { Options } from "../zarr/store.ts";
import type { Read } from "./compute-task.ts";
import { measuredChannels } from "./kinds/measure-features.ts";
import { openLabelInput } from "./label-input.ts";
import type { Plain, Prepared } from "./prepare.ts";
import { levelOf, type Recipe } from "./recipe.ts";

/**
 * An object is measured in 2D where the level has one plane (ngio `is_2d`), in world units unless pixels are asked for.
 * @throws Fault "input" where the image has no such level or channel, or the label does not fit; "missing" where the
 * label is not there
 */
export async function prepareMeasure(
  image: Image,
  recipe: Recipe<"measure-features">,
  plain: Plain,
  options: Options,
): Promise<Prepared> {
  const { task, params } = recipe;
  const level = levelOf(recipe, image);
  const label = await openLabelInput(image, level, params.label, options);
  const channels = measuredChannels(params.channels, image);
  const { shape: whole, scale } = level.grid;
  const seconds = level.scale[indexOf(image.axes, "t") ?? -1] ?? 1;
  return {
    inputs: [level.array, label.array],
    taskOf: (unit) => {
      const { roi, t, read } = unit;
      const { shape: labelShape, ...box } = label.at(roi.box, t);
      const readOf = (c: number): Read => ({ input: 0, ...selection(image.axes, { t, c }, read) });
      const [first, ...others] = channels.map(({ index }) => readOf(index));
      return {
        task,
        params,
        ...plain(unit),
        reads: [first ?? readOf(0), ...others, { input: 1, ...box }],
        measured: {
          spacing: params.inPixels ? [1, 1, 1] : zyx((i) => scale[i]),
          dimensions: whole[0] === 1 ? 2 : 3,
          channels: channels.map(({ name }) => name),
          labelShape,
          region: roi.name,
          time: t * seconds,
        },
      };
    },
  };
}
