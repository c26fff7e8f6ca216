/** What is under the pointer, and what the keys do now. */
import { useStore } from "zustand";
import type { Hint, KeyHint } from "../editor/tool-state.ts";
import type { Image } from "../ome/multiscale.ts";
import type { LabelObject } from "../state/view.ts";
import { rowOf } from "../table/feature-rows.ts";
import { isAbout } from "../table/feature-table.ts";
import { keysFor } from "./commands/bindings.ts";
import { Keys } from "./commands/keys.tsx";
import type { CommandId } from "./commands/registry.ts";
import { exactText } from "./image/channel-text.ts";
import { placeText } from "./image/reading.ts";
import type { Stage } from "./image/stage.ts";
import { fourDigits } from "./number-text.ts";
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
        <span className="readings">
          <span className="mono">
            {under.at.map(placeText).join(" ")} {unitOf(image)}
          </span>
          {channels
            .filter(({ index }) => under.values.has(index))
            .map(({ index, label }) => (
              <span key={index} className="mono">
                {label} {exactText(under.values.get(index) ?? Number.NaN)}
              </span>
            ))}
          {under.objects.map((object) => (
            <span key={object.label} className="mono">
              {object.label} {String(object.id)} <Measured object={object} />
            </span>
          ))}
          {under.level !== undefined && (
            <span className="faint">level {image.levels[under.level]?.name}</span>
          )}
        </span>
      )}
      {refusal === undefined ? <HintText hint={hint} /> : <span className="hint">{refusal}</span>}
    </>
  );
}

const EVERYWHERE: readonly ShownHint[] = [
  { command: "palette", does: "find a command" },
  { command: "help", does: "all keys" },
];

/** What can be done where nothing in particular can: on the image, with a finger, among boxes in space. */
const USUAL = {
  image: [{ keys: ["Wheel"], does: "zoom" }, { keys: ["Drag"], does: "pan" }, ...EVERYWHERE],
  touch: [
    { keys: ["Pinch"], does: "zoom" },
    { keys: ["Drag"], does: "pan" },
    { keys: ["Tap"], does: "select" },
    { keys: ["Long press"], does: "all that can be done" },
  ],
  space: [
    { keys: ["Drag"], does: "turn" },
    { keys: ["Shift+Drag"], does: "move" },
    { keys: ["Wheel"], does: "zoom" },
    { keys: ["Click"], does: "select" },
    ...EVERYWHERE,
  ],
} satisfies Readonly<Record<string, readonly ShownHint[]>>;

function useUsual(): readonly ShownHint[] {
  const inSpace = useView(({ boxView }) => boxView);
  if (inSpace) return USUAL.space;
  return matchMedia("(pointer: coarse)").matches ? USUAL.touch : USUAL.image;
}

type ShownHint = KeyHint | { readonly command: CommandId; readonly does: string };

function HintText({ hint }: { readonly hint: Hint | undefined }) {
  const bindings = useStore(usePage().bindings);
  const usual = useUsual();
  const { says, keys } = hint ?? { says: "", keys: [] };
  const shown: readonly ShownHint[] = says === "" && keys.length === 0 ? usual : keys;
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

/** The first features of an object, where a feature table of its label was read; what it is coloured by comes first. */
function Measured({ object: { label, id } }: { readonly object: LabelObject }) {
  const color = useView(({ labelViews }) => labelViews.find(({ name }) => name === label)?.color);
  const joined = useFeatures(({ tables, chosen }) => (color && tables.get(color.table)) ?? chosen);
  const row = joined && isAbout(joined.table, label) ? rowOf(joined.rows, Number(id)) : undefined;
  if (!joined || row === undefined) return null;
  const first = color?.column;
  const values = [...joined.table.columns].flatMap(([name, column]) =>
    name === first || (column.kind === "number" && name !== "label")
      ? [[name, shortText(column.values[row])] as const]
      : [],
  );
  const sorted = values.toSorted(([a], [b]) => Number(b === first) - Number(a === first));
  return (
    <span className="faint">
      {sorted
        .slice(0, MOST_FEATURES)
        .map(([name, value]) => `${name} ${value}`)
        .join(" · ")}
    </span>
  );
}

function shortText(value: number | string | boolean | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  return typeof value === "number" ? fourDigits(value) : String(value);
}
