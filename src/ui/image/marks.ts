/** What lies over a pane during a drag: the box's size below it and the lines that it lies on, or a rectangle that selects. */
import { guidesOf, heldBox } from "../../editor/attract.ts";
import { badgeOf } from "../../editor/hint.ts";
import type { InView } from "../../editor/magnets.ts";
import { rectangleOf } from "../../editor/selecting.ts";
import type { ToolContext, ToolState } from "../../editor/tool-state.ts";
import type { Ground } from "./ground.ts";

/** In CSS pixels of the pane's canvas. */
export interface DragMarks {
  readonly pane: Ground["name"];
  readonly size: { readonly x: number; readonly y: number; readonly text: string } | undefined;
  readonly guides: readonly GuideLine[];
  /** What is being selected. */
  readonly rectangle: InView | undefined;
}

interface GuideLine {
  readonly runs: "across" | "down";
  readonly at: number;
  readonly what: string;
  /** Whether its name stands before the line, to the left or above, or after it: where there is more room. */
  readonly named: "before" | "after";
}

/** What the text needs of room: half its width and its height, in CSS pixels. */
const BADGE = { xy: [180, 60], xz: [140, 34], yz: [90, 52] } as const;

/** What the name of a guide needs of room above it; below it stands the size. */
const NAME_ROOM = 28;

/** Undefined where nothing is dragged. */
export function marksOf(
  tool: ToolState,
  ground: Ground,
  context: ToolContext,
): DragMarks | undefined {
  if (tool.kind === "selecting") {
    const { min, max } = rectangleOf(tool);
    const rectangle = { min: ground.canvas(min), max: ground.canvas(max) };
    return { pane: ground.name, size: undefined, guides: [], rectangle };
  }
  const box = heldBox(tool);
  if (box === undefined) return undefined;
  const { across, down } = context.pane;
  const guides = guidesOf(tool, context).map(({ axis, at, what }): GuideLine => {
    const place = ground.canvas({ x: at, y: at });
    return axis === down
      ? { runs: "across", at: place.y, what, named: place.y < NAME_ROOM ? "after" : "before" }
      : {
          runs: "down",
          at: place.x,
          what,
          named: place.x < ground.size.width / 2 ? "after" : "before",
        };
  });
  const foot = ground.canvas({ x: (box.min[across] + box.max[across]) / 2, y: box.max[down] });
  const [widest, below] = BADGE[ground.name];
  const { width, height } = ground.size;
  const half = Math.min(widest, width / 2);
  const size = {
    x: Math.min(width - half, Math.max(half, foot.x)),
    y: Math.min(height - below, Math.max(0, foot.y)),
    text: badgeOf(box, context, tool.kind === "resizing" ? tool.part : undefined),
  };
  return { pane: ground.name, size, guides, rectangle: undefined };
}
