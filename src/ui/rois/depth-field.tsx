/** Through which planes a new ROI goes, to be chosen while the draw tool is in hand. */
import type { Depth } from "../../editor/depth.ts";
import type { Image } from "../../ome/multiscale.ts";
import { useRois, useSession, useView } from "../session-context.ts";

const DEPTHS: readonly (readonly [Depth, string])[] = [
  ["stack", "all planes"],
  ["plane", "this plane"],
  ["last", "as the last one"],
];

export function DepthField({ image }: { readonly image: Image }) {
  const session = useSession();
  const drawing = useRois(({ tool }) => tool === "draw");
  const depth = useView((view) => view.drawDepth);
  if (!drawing || image.levels[0].grid.shape[0] === 1) return null;
  return (
    <label className="depth-field">
      New ROIs through
      <select
        value={depth}
        onChange={({ target }) => {
          const chosen = DEPTHS.find(([value]) => value === target.value)?.[0];
          if (chosen) session.view.setState({ drawDepth: chosen });
        }}
      >
        {DEPTHS.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
