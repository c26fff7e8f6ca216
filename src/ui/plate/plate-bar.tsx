/** Over a plate: what it is, which of its images and channels are seen. */
import type { CSSProperties } from "react";
import type { Plate } from "../../ome/multiscale.ts";
import type { PlateImages } from "../../ome/plate-images.ts";
import type { Place } from "../../state/source.ts";
import { changeChannel } from "../../state/view.ts";
import { useSession, useView } from "../session-context.ts";

export function PlateBar({
  place,
  plate,
  images,
  onImage,
}: {
  readonly place: Place;
  readonly plate: Plate;
  readonly images: PlateImages | undefined;
  readonly onImage: (name: string) => void;
}) {
  const { length } = plate.wells;
  return (
    <header className="plate-bar">
      <h1>{plate.name || place.source.title}</h1>
      <p className="soft">
        {length} {length === 1 ? "well" : "wells"}, {plate.rows.length} × {plate.columns.length}.
        Choose one to open it.
      </p>
      {images && <Channels />}
      {images && images.images.length > 1 && <ImageChoice images={images} onImage={onImage} />}
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
