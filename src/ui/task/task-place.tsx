/** Where a task works: the level it reads, the ROIs it goes over, the name of what it makes. */
import { useId } from "react";
import { counted } from "../../base/counted.ts";
import { nameProblem } from "../../ome/label-name.ts";
import type { Image } from "../../ome/multiscale.ts";
import { idsOf } from "../../roi/rois.ts";
import type { Place } from "../../state/source.ts";
import {
  changeDraft,
  chooseScope,
  coversImage,
  maskingLabel,
  type Scope,
  scopeOf,
  wellsIn,
} from "../../state/task-form.ts";
import type { Recipe } from "../../tasks/recipe.ts";
import { useRois, useSession, useTaskForm } from "../session-context.ts";
import { WellChoice } from "../start/well-choice.tsx";
import { FieldProblem } from "./number-field.tsx";

export function TaskPlace({
  place,
  image,
  recipe: { level, outputName },
  isNamed,
}: {
  readonly place: Place;
  readonly image: Image;
  readonly recipe: Recipe;
  /** Whether what is made has a name of its own. */
  readonly isNamed: boolean;
}) {
  const session = useSession();
  const id = useId();
  const wells = wellsIn(
    useTaskForm((state) => state),
    place,
  );
  const problem = nameProblem(outputName);
  return (
    <div className="two">
      <label className="field" title="The level that is read; a label has its pixels">
        Level
        <select
          value={level}
          onChange={(event) => changeDraft(session.taskForm, { level: event.target.value })}
        >
          {image.levels.map(({ name, grid }) => (
            <option key={name} value={name}>
              {name} · {grid.shape[2]}×{grid.shape[1]}
            </option>
          ))}
        </select>
      </label>
      {isNamed && (
        <label className="field">
          Output name
          <input
            aria-invalid={problem !== undefined}
            aria-describedby={problem && id}
            value={outputName}
            onChange={(event) => changeDraft(session.taskForm, { outputName: event.target.value })}
          />
          <FieldProblem id={id} problem={problem} />
        </label>
      )}
      <ScopeChoice place={place} />
      {place.plate && wells && (
        <div className="wide">
          <WellChoice
            place={place}
            plate={place.plate}
            chosen={new Set(wells)}
            onChoose={(chosen) => session.taskForm.setState({ wells: chosen })}
          />
        </div>
      )}
    </div>
  );
}

const OF_ROIS: readonly Scope[] = ["all", "selected", "kept", "image"];

function ScopeChoice({ place }: { readonly place: Place }) {
  const session = useSession();
  const { rois, selection } = useRois((state) => state.document);
  const form = useTaskForm((state) => state);
  const mask = maskingLabel(form);
  const ofMask: readonly Scope[] = mask === undefined ? [] : ["objects"];
  const ofImage: readonly Scope[] = coversImage(form) ? ["image"] : [...OF_ROIS, ...ofMask];
  const scopes: readonly Scope[] = place.plate ? [...ofImage, "wells"] : ofImage;
  const count = idsOf(rois).length;
  const titles = {
    all: count === 1 ? "the ROI of the table" : `all ${counted(count, "ROI")} of the table`,
    selected: `the ${counted(selection.size, "selected ROI")}`,
    kept: "the ROIs that are kept",
    objects: `each object of “${mask}”`,
    image: "the image as a whole",
    wells: "wells of the plate",
  };
  return (
    <label className="field wide">
      On
      <select
        aria-label="On"
        value={scopeOf(form)}
        onChange={(event) => {
          const chosen = scopes.find((one) => one === event.target.value);
          if (chosen) chooseScope(session.taskForm, chosen, place);
        }}
      >
        {scopes.map((one) => (
          <option key={one} value={one}>
            {titles[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
