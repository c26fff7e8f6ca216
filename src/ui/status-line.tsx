/** What is under the pointer, and what the keys do now. */
import { useStore } from "zustand";
import type { Image } from "../ome/multiscale.ts";
import { useFeatures, useView } from "./session-context.ts";
import type { Stage } from "./stage.ts";
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
  const { under, hint } = useStore(stage.status);
  const channels = useView((view) => view.channels);
  return (
    <>
      {under && (
        <>
          <span className="mono">
            x {under.x.toFixed(2)} y {under.y.toFixed(2)} {unitOf(image)}
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
          {under.level !== undefined && <span className="faint">level {under.level}</span>}
        </>
      )}
      <span className="hint">{hint || "Scroll to zoom, drag to pan, ? for the keys"}</span>
    </>
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
