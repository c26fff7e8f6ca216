/** A plate: its wells as they look, to choose from and to zoom into, and what is run over them. */
import { useEffect, useState } from "react";
import { isAborted, sentence } from "../../base/fault.ts";
import type { Plate } from "../../ome/multiscale.ts";
import { openPlateImages, type PlateImages } from "../../ome/plate-images.ts";
import { openWellOf } from "../../state/open.ts";
import type { Session } from "../../state/session.ts";
import type { Place } from "../../state/source.ts";
import { lookAt } from "../../state/view.ts";
import { useSession } from "../session-context.ts";
import { BatchProgress } from "../start/batch-progress.tsx";
import { useWellStates } from "../start/use-well-states.ts";
import { WellGrid } from "../start/well-grid.tsx";
import { PlateBar } from "./plate-bar.tsx";
import { PlateView } from "./plate-view.tsx";

export function PlatePage({ place, plate }: { readonly place: Place; readonly plate: Plate }) {
  const session = useSession();
  const [name, setName] = useState<string>();
  const images = usePlateImages(session, plate, name);
  return (
    <main className="plate">
      <PlateBar
        place={place}
        plate={plate}
        images={typeof images === "string" ? undefined : images}
        onImage={setName}
      />
      {typeof images === "string" ? (
        <BarePlate place={place} plate={plate} why={images} />
      ) : (
        images && <PlateView key={images.name} place={place} plate={plate} images={images} />
      )}
      {images === undefined && <div className="viewer mosaic" aria-busy="true" />}
      <BatchProgress place={place} />
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

/** What stands for all wells, or a sentence that says why nothing does; undefined until one is known. */
function usePlateImages(
  session: Session,
  plate: Plate,
  name: string | undefined,
): PlateImages | string | undefined {
  const [images, setImages] = useState<PlateImages | string>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    openPlateImages(plate, { name, signal }).then(
      (found) => {
        if (signal.aborted) return;
        lookAt(session.view, found.image);
        setImages(found);
      },
      (error: unknown) => {
        if (!signal.aborted && !isAborted(error)) setImages(sentence(error));
      },
    );
    return () => controller.abort();
  }, [session, plate, name]);
  return images;
}
