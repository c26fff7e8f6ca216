/** The images of a well or a collection that has several: fields, projections, acquisitions. */
import { counted } from "../../base/counted.ts";
import type { Well } from "../../ome/multiscale.ts";
import { openInside } from "../../state/open.ts";
import type { Place } from "../../state/source.ts";
import { below } from "../../zarr/store.ts";
import { useSession } from "../session-context.ts";

export function WellImages({ place, well }: { readonly place: Place; readonly well: Well }) {
  const session = useSession();
  return (
    <main className="landing">
      <header>
        <h1>
          {well.kind === "well" && "Well "}
          {well.path || place.source.title}
        </h1>
        <p className="soft">{counted(well.images.length, "image")}. Choose one to open it.</p>
      </header>
      <ul className="images">
        {well.images.map(({ path, acquisition }) => (
          <li key={path}>
            <button
              type="button"
              onClick={() => void openInside(session, place, below(well.path, path))}
            >
              {path}
              {acquisition !== undefined && (
                <span className="faint">acquisition {acquisition}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}
