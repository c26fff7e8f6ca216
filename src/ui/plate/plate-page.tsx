/** A plate: its wells as they look, to choose from and to zoom into, and what is run over them. */
import { useState } from "react";
import type { Plate } from "../../ome/multiscale.ts";
import { openWellOf } from "../../state/open.ts";
import { showPlate } from "../../state/plate.ts";
import type { Place } from "../../state/source.ts";
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
  const choose = (image: string): void => {
    const { camera, conditions } = session.view.getState();
    const { signal } = session.opening.controller;
    void showPlate(session, { ...place, plate }, { linked: { image, camera, conditions }, signal });
  };
  const images = shown.kind === "shown" ? shown.images : undefined;
  return (
    <main className="plate">
      <PlateBar place={place} plate={plate} images={images} onImage={choose} onPaint={setPaint} />
      {shown.kind === "failed" && <BarePlate place={place} plate={plate} why={shown.why} />}
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
      {shown.kind === "opening" && <div className="viewer mosaic" aria-busy="true" />}
      {hasBatch && <BatchProgress place={place} />}
    </main>
  );
}

/** A plate of which no image could be read; its wells can still be opened. */
function BarePlate({
  place,
  plate,
  why,
}: {
  readonly place: Place;
  readonly plate: Plate;
  readonly why: string;
}) {
  const session = useSession();
  const states = useWellStates(place);
  return (
    <div className="bare-plate">
      <p className="problem" role="alert">
        No well can be shown: {why}
      </p>
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
