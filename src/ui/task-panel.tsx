/** The form of "Threshold segmentation", filled in so that one press runs it, and what its run is doing. */
import { type FormEvent, useMemo, useState } from "react";
import type { Image } from "../ome/multiscale.ts";
import { idsOf, type Roi, type RoiId, roiAt } from "../roi/rois.ts";
import { runRecipe } from "../state/run.ts";
import { type Place, readOnlyReason } from "../state/source.ts";
import type { Threshold } from "../tasks/fields.ts";
import { thresholdSegmentation } from "../tasks/kinds/threshold-segmentation.ts";
import { type Recipe, recipeProblem } from "../tasks/recipe.ts";
import { PlanCard } from "./plan-card.tsx";
import { RunProgress } from "./run-progress.tsx";
import { useRois, useRun, useSession, useView } from "./session-context.ts";

interface Fields {
  readonly channel: number;
  readonly level: string | undefined;
  readonly sigma: string;
  readonly threshold: string;
  readonly fillHoles: boolean;
  readonly splitDistance: string;
  readonly minimumSize: string;
  readonly outputName: string;
  readonly scope: "all" | "selected";
}

export function TaskPanel({ place, image }: { readonly place: Place; readonly image: Image }) {
  const session = useSession();
  const workingLevel = useView((view) => view.workingLevel);
  const t = useView((view) => view.t);
  const document = useRois((state) => state.document);
  const status = useRun((state) => state.status);
  const [fields, setFields] = useState<Fields>(() => filledIn(place, image));
  const set = (change: Partial<Fields>): void => setFields((before) => ({ ...before, ...change }));
  const level = fields.level ?? workingLevel;
  const { rois, selection } = document;
  const chosen = useMemo(
    () => (fields.scope === "selected" ? [...selection] : idsOf(rois)),
    [fields.scope, rois, selection],
  );
  const recipe = useMemo(
    (): Recipe => ({
      task: "threshold-segmentation",
      level,
      t,
      params: {
        channel: { mode: "index", identifier: String(fields.channel) },
        sigma: numberIn(fields.sigma),
        threshold: thresholdIn(fields.threshold),
        fillHoles: fields.fillHoles,
        splitDistance: numberIn(fields.splitDistance),
        minimumSize: numberIn(fields.minimumSize),
      },
      outputName: fields.outputName,
      rois: chosen.flatMap((id) => recipeRoi(id, roiAt(rois, id))),
    }),
    [fields, level, t, chosen, rois],
  );
  const readOnly = readOnlyReason(place.source);
  const problem =
    (readOnly && "This source is read-only, so no label can be written beside it") ??
    recipeProblem(recipe, image) ??
    (chosen.length === 0
      ? fields.scope === "selected"
        ? "Select an ROI, or choose all"
        : "There is no ROI: open an ROI table or draw one"
      : undefined);
  const running = status.kind === "running";

  const run = (outputName: string, replace: boolean): void => {
    void runRecipe(session, { ...recipe, outputName }, replace);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem === undefined && !running) run(fields.outputName, false);
  };

  return (
    <form className="task" aria-label={thresholdSegmentation.title} onSubmit={submit}>
      <h2>{thresholdSegmentation.title}</h2>
      <div className="two">
        <label className="field">
          Channel
          <select
            value={fields.channel}
            onChange={(event) => set({ channel: Number(event.target.value) })}
          >
            {image.channels.map(({ index, label }) => (
              <option key={index} value={index}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Level
          <select value={level} onChange={(event) => set({ level: event.target.value })}>
            {image.levels.map(({ name, grid }) => (
              <option key={name} value={name}>
                {name} ({grid.shape[2]} × {grid.shape[1]})
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Sigma
          <input
            inputMode="decimal"
            value={fields.sigma}
            title="Gaussian smoothing, in pixels of the level"
            onChange={(event) => set({ sigma: event.target.value })}
          />
        </label>
        <label className="field">
          Threshold
          <input
            value={fields.threshold}
            list="thresholds"
            title="Otsu, Triangle or Li for each ROI, or a number"
            onChange={(event) => set({ threshold: event.target.value })}
          />
          <datalist id="thresholds">
            {METHODS.map((method) => (
              <option key={method} value={method} />
            ))}
          </datalist>
        </label>
        <label className="field">
          Minimum size
          <input
            inputMode="numeric"
            value={fields.minimumSize}
            title="Objects of fewer pixels are dropped"
            onChange={(event) => set({ minimumSize: event.target.value })}
          />
        </label>
        <label className="field">
          Output name
          <input
            value={fields.outputName}
            onChange={(event) => set({ outputName: event.target.value })}
          />
        </label>
      </div>
      <div className="line">
        <label title="Background enclosed by an object becomes part of it">
          <input
            type="checkbox"
            checked={fields.fillHoles}
            onChange={(event) => set({ fillHoles: event.target.checked })}
          />
          Fill holes
        </label>
        <label
          className="slider"
          title="Touching objects are split where their middles are at least so many pixels apart; 0 splits none"
        >
          Split at
          <input
            aria-label="Split distance"
            inputMode="numeric"
            value={fields.splitDistance}
            onChange={(event) => set({ splitDistance: event.target.value })}
          />
          px
        </label>
      </div>
      <label className="slider">
        On
        <select
          aria-label="On"
          value={fields.scope}
          onChange={(event) =>
            set({ scope: event.target.value === "selected" ? "selected" : "all" })
          }
        >
          <option value="all">all {idsOf(rois).length} ROIs of the table</option>
          <option value="selected">the {selection.size} selected ROIs</option>
        </select>
      </label>
      {problem !== undefined && !running && <p className="problem">{problem}</p>}
      {problem === undefined && status.kind === "idle" && (
        <PlanCard recipe={recipe} image={image} />
      )}
      <button type="submit" className="primary" disabled={problem !== undefined || running}>
        Run
      </button>
      <RunProgress
        status={status}
        onReplace={(taken) => run(taken.outputName, true)}
        onRename={(name) => {
          set({ outputName: name });
          run(name, false);
        }}
      />
    </form>
  );
}

/** The number typed; NaN for none, which the recipe then refuses with a sentence. */
function numberIn(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text.replace(",", "."));
}

const METHODS = ["Otsu", "Triangle", "Li"] as const;

/** A method by its name, Otsu for nothing, else a number. */
function thresholdIn(text: string): Threshold {
  switch (text.trim().toLowerCase()) {
    case "":
    case "otsu":
      return { kind: "otsu" };
    case "triangle":
      return { kind: "triangle" };
    case "li":
      return { kind: "li" };
    default:
      return { kind: "fixed", value: numberIn(text) };
  }
}

function recipeRoi(id: RoiId, roi: Roi | undefined): Recipe["rois"] {
  return roi ? [{ id, name: roi.name, box: roi.box }] : [];
}

/** The demo comes with what works on it: its nuclei at the level where the four FOVs share one chunk. */
function filledIn({ source }: Place, image: Image): Fields {
  const { sigma, fillHoles, splitDistance, minimumSize } = thresholdSegmentation.defaults;
  return {
    channel: 0,
    level: source.origin.kind === "demo" ? image.levels[1]?.name : undefined,
    sigma: String(sigma),
    threshold: "Otsu",
    fillHoles,
    splitDistance: String(splitDistance),
    minimumSize: String(minimumSize),
    outputName: "nuclei",
    scope: "all",
  };
}
