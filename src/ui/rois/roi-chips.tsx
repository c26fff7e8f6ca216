/** ROIs of a run, a chip for each. */
import { grouped } from "../../base/counted.ts";
import type { RoiProgress } from "../../state/roi-progress.ts";

/** More chips than this say nothing to the eye. */
const MOST_CHIPS = 60;

export function RoiChips({ rois }: { readonly rois: readonly RoiProgress[] }) {
  return (
    <ul className="units">
      {rois.slice(0, MOST_CHIPS).map(({ id, name, state, note }) => (
        <li key={id} data-state={state} title={note}>
          {name}
          <span className="visually-hidden"> {state}</span>
          {note && <span className="faint"> {note}</span>}
        </li>
      ))}
      {rois.length > MOST_CHIPS && <li>and {grouped(rois.length - MOST_CHIPS)} more</li>}
    </ul>
  );
}
