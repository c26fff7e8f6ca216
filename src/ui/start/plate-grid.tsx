/** A plate as a grid of its wells to choose from, and what is run over them. */
import type { Plate } from "../../ome/multiscale.ts";
import { openWellOf } from "../../state/open.ts";
import type { Place } from "../../state/source.ts";
import { useSession } from "../session-context.ts";
import { BatchProgress } from "./batch-progress.tsx";
import { useWellStates } from "./use-well-states.ts";
import { WellGrid } from "./well-grid.tsx";

export function PlateGrid({ place, plate }: { readonly place: Place; readonly plate: Plate }) {
  const session = useSession();
  const states = useWellStates(place);
  return (
    <main className="plate">
      <header>
        <h1>{plate.name || place.source.title}</h1>
        <p className="soft">
          {plate.wells.length} {plate.wells.length === 1 ? "well" : "wells"}, {plate.rows.length} ×{" "}
          {plate.columns.length}. Choose one to open it.
        </p>
      </header>
      <WellGrid
        plate={plate}
        size="large"
        takesFocus
        buttonOf={({ path }) => ({
          onPress: () => void openWellOf(session, place, path),
          state: states.get(path),
        })}
      />
      <BatchProgress place={place} />
    </main>
  );
}
