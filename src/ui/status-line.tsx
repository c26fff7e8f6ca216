/** What is under the pointer, and what the keys do now. */
import { useStore } from "zustand";
import type { Hint, KeyHint } from "../editor/tool-state.ts";
import type { Image } from "../ome/multiscale.ts";
import { keysFor } from "./commands/bindings.ts";
import { Keys } from "./commands/keys.tsx";
import type { CommandId } from "./commands/registry.ts";
import type { Stage } from "./image/stage.ts";
import { usePage } from "./page.ts";
import { useFeatures, useView } from "./session-context.ts";
import { unitOf } from "./units.ts";

export function StatusLine({
  image,
  stage,
}: {
  readonly image: Image;
  readonly stage: Stage | undefined;
}) {
  return (
    <section className="status-line" aria-label="Under the pointer">
      {stage && <Readings stage={stage} image={image} />}
    </section>
  );
}

function Readings({ stage, image }: { readonly stage: Stage; readonly image: Image }) {
  const { under, hint, refusal } = useStore(stage.status);
  const channels = useView((view) => view.channels);
  return (
    <>
      {under && (
        <>
          <span className="mono">
            {under.at.map(([axis, world]) => `${axis} ${world.toFixed(2)}`).join(" ")}{" "}
            {unitOf(image)}
          </span>
          {channels
            .filter(({ index }) => under.values.has(index))
            .map(({ index, label }) => (
              <span key={index} className="mono">
                {label} {Number(under.values.get(index)?.toPrecision(6))}
              </span>
            ))}
          {under.label !== undefined && (
            <span className="mono">
              label {under.label} <Measured label={under.label} />
            </span>
          )}
          {under.level !== undefined && (
            <span className="faint">level {image.levels[under.level]?.name}</span>
          )}
        </>
      )}
      {refusal === undefined ? <HintText hint={hint} /> : <span className="hint">{refusal}</span>}
    </>
  );
}

/** What can be done where nothing in particular can. */
const USUAL: readonly ShownHint[] = [
  { keys: ["Wheel"], does: "zoom" },
  { keys: ["Drag"], does: "pan" },
  { command: "palette", does: "find a command" },
  { command: "help", does: "all keys" },
];

type ShownHint = KeyHint | { readonly command: CommandId; readonly does: string };

function HintText({ hint }: { readonly hint: Hint | undefined }) {
  const bindings = useStore(usePage().bindings);
  const { says, keys } = hint ?? { says: "", keys: [] };
  const shown: readonly ShownHint[] = says === "" && keys.length === 0 ? USUAL : keys;
  return (
    <span className="hint">
      {says !== "" && <span>{says}</span>}
      {shown.map((key) => (
        <span key={key.does} data-on={"on" in key && key.on}>
          <Keys of={"keys" in key ? key.keys : keysFor(bindings, key.command).slice(0, 1)} />{" "}
          {key.does}
        </span>
      ))}
    </span>
  );
}

/** More than this does not fit in a line. */
const MOST_FEATURES = 3;

/** The first features of a label, where a feature table is joined. */
function Measured({ label }: { readonly label: number }) {
  const chosen = useFeatures((features) => features.chosen);
  const row = chosen?.rows.get(label);
  if (!chosen || row === undefined) return null;
  const numbers = [...chosen.table.columns].flatMap(([name, column]) =>
    column.kind === "number" && name !== "label" ? [[name, column.values[row]] as const] : [],
  );
  return (
    <span className="faint">
      {numbers
        .slice(0, MOST_FEATURES)
        .map(([name, value]) => `${name} ${Number(value?.toPrecision(4))}`)
        .join(" · ")}
    </span>
  );
}
