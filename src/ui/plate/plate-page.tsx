/** A plate: its wells as they look, to choose from and to zoom into, and what is run over them. */
import { useState } from "react";
import type { Plate } from "../../ome/multiscale.ts";
import type { Linked } from "../../state/link.ts";
import { openWellOf } from "../../state/open.ts";
import { showPlate } from "../../state/plate.ts";
import type { Place } from "../../state/source.ts";
import { NetworkNote } from "../image/network-note.tsx";
import { late } from "../late.tsx";
import { useBatch, usePlateShown, useSession } from "../session-context.ts";
import { useWellStates } from "../start/use-well-states.ts";
import { WellGrid } from "../start/well-grid.tsx";
import { PlateBar } from "./plate-bar.tsx";
import { PlateView } from "./plate-view.tsx";
import type { WellPaint } from "./well-paint.ts";

const BatchProgress = late(async () => (await import("../start/batch-progress.tsx")).BatchProgress);

export function PlatePage({ place, plate }: { readonly place: Place; readonly plate: Plate }) {
  const session = useSession();
  const shown = usePlateShown((state) => state);
  const [paint, setPaint] = useState<WellPaint>();
  const hasBatch = useBatch(({ plate: of }) => of?.source === place.source);
  const show = (linked?: Linked): void => {
    const { signal } = session.opening.controller;
    void showPlate(session, { ...place, plate }, { linked, signal });
  };
  const choose = (image: string): void => {
    const { camera, conditions } = session.view.getState();
    show({ image, camera, conditions });
  };
  const images = shown.kind === "shown" ? shown.images : undefined;
  return (
    <main className="plate">
      <PlateBar place={place} plate={plate} images={images} onImage={choose} onPaint={setPaint} />
      {shown.kind === "failed" && (
        <BarePlate place={place} plate={plate} why={shown.why} onRetry={() => show()} />
      )}
      {shown.kind === "shown" && (
        <PlateView
          key={shown.images.name}
          place={place}
          plate={plate}
          images={shown.images}
          kept={shown.kept}
          paint={paint}
        />
      )}
      {shown.kind === "opening" && (
        <div className="viewer mosaic" aria-busy="true">
          <NetworkNote source={place.source} busy awaited="Its answer is" />
        </div>
      )}
      {hasBatch && <BatchProgress place={place} />}
    </main>
  );
}

/** A plate of which no image could be read; its wells can still be opened. */
function BarePlate({
  place,
  plate,
  why,
  onRetry,
}: {
  readonly place: Place;
  readonly plate: Plate;
  readonly why: string;
  readonly onRetry: () => void;
}) {
  const session = useSession();
  const states = useWellStates(place);
  return (
    <div className="bare-plate">
      <p className="problem" role="alert">
        No well can be shown: {why}
      </p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
      <WellGrid
        plate={plate}
        size="large"
        takesFocus
        buttonOf={({ path }) => ({
          onPress: () => void openWellOf(session, place, path),
          state: states.get(path),
        })}
      />
    </div>
  );
}
