/** The panes beside the main one, XZ under it and YZ to its right, for images with depth; whether they show is kept. */
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Image } from "../../ome/multiscale.ts";
import { toggleSidePanes } from "../../state/view.ts";
import { useSession, useView } from "../session-context.ts";
import { unitOf } from "../units.ts";
import { DragMarks } from "./drag-marks.tsx";
import { SidePointer } from "./pointer-layer.tsx";
import { placeText, worldText } from "./reading.ts";
import type { SideName, SidePane } from "./side-pane.ts";
import type { Stage } from "./stage.ts";

export function SidePanes({ image, stage }: { readonly image: Image; readonly stage: Stage }) {
  const shows = useView((view) => view.sidePanes);
  if (!shows || image.levels[0].grid.shape[0] === 1) return null;
  return (
    <>
      <Side name="xz" image={image} stage={stage} />
      <Side name="yz" image={image} stage={stage} />
      <Corner image={image} stage={stage} />
    </>
  );
}

function Side({
  name,
  image,
  stage,
}: {
  readonly name: SideName;
  readonly image: Image;
  readonly stage: Stage;
}) {
  const parent = useRef<HTMLDivElement>(null);
  const [pane, setPane] = useState<SidePane>();
  useEffect(() => {
    if (!parent.current) return;
    const made = stage.openSide(name, parent.current);
    setPane(made);
    return () => {
      stage.closeSide(made);
      setPane(undefined);
    };
  }, [stage, name]);
  const at = useView(({ crosshair }) => (name === "xz" ? crosshair.y : crosshair.x));
  const [across, along] = name === "xz" ? (["XZ", "y"] as const) : (["YZ", "x"] as const);
  const voxel = image.levels[0].grid.scale[name === "xz" ? 1 : 2];
  return (
    <section className={`side-pane ${name}`} aria-label={`${across} pane`}>
      <div className="stage" ref={parent} inert />
      {pane && <SidePointer stage={stage} ground={pane} />}
      <DragMarks stage={stage} pane={name} />
      <span className="pane-name">
        {across} <span className="mono">{`${placeText([along, at, voxel])} ${unitOf(image)}`}</span>
      </span>
    </section>
  );
}

/** Where the panes meet: the plane, as a number. */
function Corner({ image, stage }: { readonly image: Image; readonly stage: Stage }) {
  const z = useView((view) => view.z);
  const { shape, scale } = image.levels[0].grid;
  const busy = useStore(stage.status, (status) => status.busy);
  return (
    <div className="pane-corner" aria-hidden="true">
      <span>Plane</span>
      <b className="mono">
        z {z + 1}/{shape[0]}
      </b>
      <span className="mono">{`${worldText((z + 0.5) * scale[0], scale[0])} ${unitOf(image)}`}</span>
      <span className="faint">{busy ? "Loading…" : "Drag a face to change z"}</span>
    </div>
  );
}

/** Shows or hides them. */
export function SidePanesButton({
  image,
  title,
}: {
  readonly image: Image;
  readonly title: string;
}) {
  const session = useSession();
  const shows = useView((view) => view.sidePanes);
  if (image.levels[0].grid.shape[0] === 1) return null;
  return (
    <button
      type="button"
      aria-pressed={shows}
      title={title}
      onClick={() => toggleSidePanes(session)}
    >
      Side panes
    </button>
  );
}
