/** A plate as its mosaic: every well a picture, and a button in the same place; from all of it to a voxel in one zoom. */
import {
  type CSSProperties,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useStore } from "zustand";
import type { Plate, WellRef } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import type { Camera } from "../../scene/camera.ts";
import { canvasFromWorld } from "../../scene/camera-moves.ts";
import { pitchOf } from "../../scene/plate-place.ts";
import { openWellOf } from "../../state/open.ts";
import type { Place, Source } from "../../state/source.ts";
import type { Thumbnail } from "../../state/thumbnails.ts";
import { Drawn } from "../image/drawn.tsx";
import { NetworkNote } from "../image/network-note.tsx";
import { late } from "../late.tsx";
import { useShown } from "../page.ts";
import { ScaleBar } from "../scale-bar.tsx";
import { useSession } from "../session-context.ts";
import { useWellStates } from "../start/use-well-states.ts";
import { WellGrid } from "../start/well-grid.tsx";
import { takeHand } from "./plate-hand.ts";
import { PlateStage } from "./plate-stage.ts";
import { FIRST_PLATE_STATUS, markText } from "./plate-status.ts";
import { paintText, type WellPaint } from "./well-paint.ts";

const PictureDialog = late(
  async () => (await import("../share/plate-picture-dialog.tsx")).PlatePictureDialog,
);

export function PlateView({
  place,
  plate,
  images,
  kept,
  paint,
}: {
  readonly place: Place;
  readonly plate: Plate;
  readonly images: PlateImages;
  readonly kept: Thumbnail | undefined;
  readonly paint: WellPaint | undefined;
}) {
  const session = useSession();
  const [stage, setStage] = useState<PlateStage>();
  const { source } = place;
  // As a ref it is called before the page is painted: the first chunks are not to wait for that.
  const mount = useCallback(
    (parent: HTMLDivElement) => {
      const made = new PlateStage(parent, session, { source, plate, images, kept });
      setStage(made);
      return () => {
        made.close();
        setStage(undefined);
      };
    },
    [session, source, plate, images, kept],
  );
  const busy = useStore(stage?.status ?? idle, (status) => status.busy);
  const dialog = useShown((shown) => shown.dialog);
  return (
    <Drawn label="Plate" className="viewer mosaic" busy={busy}>
      <div className="stage" ref={mount} inert />
      {stage && <Wells stage={stage} place={place} plate={plate} images={images} paint={paint} />}
      {stage && <Overlays stage={stage} source={source} plate={plate} images={images} />}
      {busy && <div className="loading" aria-hidden="true" />}
      {stage && dialog === "picture" && (
        <PictureDialog stage={stage} source={source} plate={plate} images={images} paint={paint} />
      )}
    </Drawn>
  );
}

/** Before there is a stage. */
const idle = {
  getState: () => FIRST_PLATE_STATUS,
  getInitialState: () => FIRST_PLATE_STATUS,
  subscribe: () => () => {},
  setState: () => {},
};

function Wells({
  stage,
  place,
  plate,
  images,
  paint,
}: {
  readonly stage: PlateStage;
  readonly place: Place;
  readonly plate: Plate;
  readonly images: PlateImages;
  readonly paint: WellPaint | undefined;
}) {
  const session = useSession();
  const states = useWellStates(place);
  const marks = useStore(stage.status, (status) => status.marks);
  const over = useRef<HTMLDivElement>(null);
  // Focusing another one would move the camera away from where a link put it.
  const [begin] = useState(() => session.view.getState().camera?.well ?? plate.wells[0]?.path);
  useEffect(() => (over.current ? takeHand(over.current, stage) : undefined), [stage]);
  useLayoutEffect(() => {
    let [shown, at]: [Camera | undefined, string] = [undefined, ""];
    const follow = (): void => {
      const { camera } = stage.status.getState();
      const { width, height } = stage.eye.size;
      if (!over.current || (camera === shown && at === `${width} ${height}`)) return;
      [shown, at] = [camera, `${width} ${height}`];
      putCells(over.current, stage);
    };
    follow();
    return stage.status.subscribe(follow);
  }, [stage]);
  const press = useCallback(
    (well: WellRef): void => {
      const index = plate.wells.indexOf(well);
      const mark = stage.status.getState().marks.get(index)?.kind;
      if (mark === "failed" || mark === "absent") {
        stage.retry(index);
        return;
      }
      const { channels } = session.view.getState();
      const linked = {
        camera: stage.cameraIn(index),
        channels: channels.filter(({ visible }) => visible),
      };
      // A well that is not as the first one may not have the image that is seen.
      const isChosen = images.images.length > 1 && mark === undefined;
      const path = isChosen ? `${well.path}/${images.name}` : well.path;
      void openWellOf(session, place, path, { linked });
    },
    [session, stage, place, plate, images],
  );
  return (
    <div className="mosaic-over" ref={over}>
      <WellGrid
        plate={plate}
        size="over"
        takesFocus
        first={begin}
        onFocus={(well) => stage.show(plate.wells.indexOf(well))}
        buttonOf={(well) => {
          const index = plate.wells.indexOf(well);
          const mark = marks.get(index);
          const painted = paint?.wells[index];
          const says = [painted && paintText(painted), mark && markText(mark)].filter(Boolean);
          return {
            onPress: () => press(well),
            state: states.get(well.path) ?? mark?.kind,
            says: says.join("; ") || undefined,
            paint: painted,
          };
        }}
      />
      <Names of="column" names={plate.columns} />
      <Names of="row" names={plate.rows} />
    </div>
  );
}

/** Puts the buttons and names over the wells; all of them at once, by what their style sheet counts with. */
function putCells({ style }: HTMLElement, { eye, place, status }: PlateStage): void {
  const { camera } = status.getState();
  if (!camera) return;
  const zoom = 2 ** camera.zoom;
  // Asked for once and first: after anything is set it costs a layout.
  const { size } = eye;
  const { x, y } = canvasFromWorld(camera, size, { x: 0, y: 0 });
  const pitch = pitchOf(place);
  const width = place.width * place.scale;
  const height = place.height * place.scale;
  style.setProperty("--x", `${x}px`);
  style.setProperty("--y", `${y}px`);
  style.setProperty("--width", `${width * zoom}px`);
  style.setProperty("--height", `${height * zoom}px`);
  style.setProperty("--gap-x", `${(pitch.x - width) * zoom}px`);
  style.setProperty("--gap-y", `${(pitch.y - height) * zoom}px`);
  style.setProperty("--view-width", `${size.width}px`);
  style.setProperty("--view-height", `${size.height}px`);
  const isTight = Math.min(pitch.x, pitch.y) * zoom < TIGHT;
  style.setProperty("--name-size", isTight ? "9px" : "12px");
}

/** Rows closer than this, in CSS pixels, have small names. */
const TIGHT = 20;

/** The grid says them too; these stay on screen, each in the middle of what is seen of its row or column. */
function Names({
  of,
  names,
}: {
  readonly of: "row" | "column";
  readonly names: readonly string[];
}) {
  return (
    <div className={`mosaic-names ${of}`} aria-hidden="true">
      <div>
        {names.map((name, i) => (
          <span key={name} style={{ "--index": i } as CSSProperties}>
            {name}
          </span>
        ))}
      </div>
    </div>
  );
}

function dateText(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

function Overlays({
  stage,
  source,
  plate,
  images: { image },
}: {
  readonly stage: PlateStage;
  readonly source: Source;
  readonly plate: Plate;
  readonly images: PlateImages;
}) {
  const under = useStore(stage.status, (status) => status.under);
  const asOf = useStore(stage.status, (status) => status.asOf);
  const note = useStore(stage.status, (status) => status.note);
  const busy = useStore(stage.status, (status) => status.busy);
  const come = useStore(stage.status, (status) => status.come);
  const failed = useStore(stage.status, (status) => status.failed);
  const retry = useCallback(() => stage.retryFailed(), [stage]);
  const mark = useStore(stage.status, ({ marks }) => marks.get(under ?? -1));
  const well = plate.wells[under ?? -1];
  const worldPerPixel = useStore(stage.status, (status) => status.worldPerPixel);
  const unit = image.axes.find(({ name }) => name === "x")?.unit;
  return (
    <>
      <div className="tools">
        <button type="button" title="Show the whole plate (0)" onClick={() => stage.eye.fit()}>
          Fit plate
        </button>
        {asOf !== undefined && (
          <span className="mosaic-kept">
            As of {dateText(asOf)}
            <button type="button" className="quiet small" onClick={() => stage.renew()}>
              Renew
            </button>
          </span>
        )}
        {/* Beside the tools: wherever else it were, wells would lie beneath it. */}
        <NetworkNote
          source={source}
          busy={busy}
          come={come}
          failed={failed}
          part="well"
          onRetry={retry}
        />
        <span className="mosaic-note" role="status">
          {note}
        </span>
        {well && (
          <span className="mosaic-under" aria-hidden="true">
            {well.row}
            {well.column}
            {mark && <span className="soft"> {markText(mark)}</span>}
          </span>
        )}
      </div>
      <ScaleBar worldPerPixel={worldPerPixel} unit={unit} />
    </>
  );
}
