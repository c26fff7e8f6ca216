/** The images of a well or a collection that has several: fields, projections, acquisitions. */
import { counted } from "../../base/counted.ts";
import type { Well } from "../../ome/multiscale.ts";
import { openInside } from "../../state/open.ts";
import type { Place } from "../../state/source.ts";
import { below, type Options } from "../../zarr/store.ts";
import { useSession } from "../session-context.ts";
import { useRead } from "../use-read.ts";

export function WellImages({ place, well }: { readonly place: Place; readonly well: Well }) {
  const session = useSession();
  // The list is there without them.
  const found = useRead((signal) => namesOf(well, { signal }), well.path);
  const names = typeof found === "object" ? found : [];
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
        {well.images.map(({ path, acquisition }, i) => (
          <li key={path}>
            <button
              type="button"
              onClick={() => void openInside(session, place, below(well.path, path))}
            >
              {names[i] ?? path}
              {names[i] !== undefined && <span className="faint">{path}</span>}
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

/** Of a collection's images; a well's have none. */
async function namesOf(well: Well, options: Options): Promise<readonly (string | undefined)[]> {
  if (well.kind === "well") return [];
  const { readCollectionNames } = await import("../../ome/collection-names.ts");
  return readCollectionNames(well, options);
}
