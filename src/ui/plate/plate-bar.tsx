/** Over a plate: what it is, which of its images and channels are seen. */
import type { CSSProperties } from "react";
import { counted } from "../../base/counted.ts";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import { showOnly, topLabel } from "../../state/labels.ts";
import type { Place } from "../../state/source.ts";
import { changeChannel, toggleOver } from "../../state/view.ts";
import { AxisSlider } from "../image/plane-slider.tsx";
import { useSession, useView } from "../session-context.ts";
import { WellColors } from "./well-colors.tsx";
import type { WellPaint } from "./well-paint.ts";

export function PlateBar({
  place,
  plate,
  images,
  onImage,
  onPaint,
}: {
  readonly place: Place;
  readonly plate: Plate;
  readonly images: PlateImages | undefined;
  readonly onImage: (name: string) => void;
  readonly onPaint: (paint: WellPaint | undefined) => void;
}) {
  return (
    <header className="plate-bar">
      <h1>{plate.name || place.source.title}</h1>
      <p className="soft">
        {counted(plate.wells.length, "well")}, {plate.rows.length} × {plate.columns.length}. Choose
        one to open it.
      </p>
      {images && <AxisSlider axis="z" image={images.image} />}
      {images && <AxisSlider axis="t" image={images.image} />}
      {images && <Channels />}
      {images && <OverWellsChoice />}
      {images && images.images.length > 1 && <ImageChoice images={images} onImage={onImage} />}
      {images && <WellColors plate={plate} onPaint={onPaint} />}
    </header>
  );
}

function Channels() {
  const session = useSession();
  const channels = useView((view) => view.channels);
  return (
    <fieldset className="plate-channels">
      <legend className="visually-hidden">Channels</legend>
      {channels.map(({ index, label, visible, color }) => (
        <button
          type="button"
          key={index}
          aria-pressed={visible}
          className="quiet small"
          style={{ "--dot": `rgb(${color.join(" ")})` } as CSSProperties}
          onClick={() => changeChannel(session.view, index, { visible: !visible })}
        >
          <i aria-hidden="true" />
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** Nothing of these is read until it is pressed. */
function OverWellsChoice() {
  const session = useSession();
  const over = useView((view) => view.overWells);
  const labels = useView((view) => view.labels);
  const drawn = useView(topLabel);
  return (
    <>
      <fieldset className="plate-channels plate-over">
        <legend className="visually-hidden">Over the wells</legend>
        {OVER.map(({ what, name, title }) => (
          <button
            type="button"
            key={what}
            aria-pressed={over.includes(what)}
            className="quiet small"
            title={title}
            onClick={() => toggleOver(session.view, what)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      {over.includes("labels") && labels.length > 1 && (
        <select
          aria-label="Label"
          value={drawn}
          onChange={({ target }) => showOnly(session.view, [target.value])}
        >
          {labels.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
    </>
  );
}

const OVER = [
  { what: "fovs", name: "FOVs", title: "Show the fields of view of each well" },
  { what: "labels", name: "Labels", title: "Show the labels of each well" },
] as const;

/** The images of the first well stand for those of all. */
function ImageChoice({
  images: { images, name },
  onImage,
}: {
  readonly images: PlateImages;
  readonly onImage: (name: string) => void;
}) {
  return (
    <label className="line">
      Image
      <select value={name} onChange={(event) => onImage(event.target.value)}>
        {images.map(({ path, acquisition }) => (
          <option key={path} value={path}>
            {path}
            {acquisition !== undefined && `, acquisition ${acquisition}`}
          </option>
        ))}
      </select>
    </label>
  );
}
