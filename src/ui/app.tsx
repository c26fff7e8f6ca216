/** The page: landing, plate, well or workspace, with drops accepted everywhere. */
import { type DragEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import { notifyError } from "../state/notices.ts";
import { openFolder } from "../state/open.ts";
import type { Opened, Place } from "../state/source.ts";
import { addressOf, openFromAddress } from "./address.ts";
import { droppedFolder, droppedMetadata, droppedRecipe } from "./folders.ts";
import { mayLeave } from "./leaving.ts";
import { Notices } from "./notices.tsx";
import { createPage, PageContext } from "./page.ts";
import { useOpened, useRois, useSession } from "./session-context.ts";
import { Landing } from "./start/landing.tsx";
import { Opening } from "./start/opening.tsx";
import { remember } from "./start/recent.ts";
import { WellImages } from "./start/well-images.tsx";
import { TopBar } from "./top-bar.tsx";
import { Workspace } from "./workspace.tsx";

const PlateGrid = lazy(async () => ({
  default: (await import("./start/plate-grid.tsx")).PlateGrid,
}));

export function App() {
  const session = useSession();
  const opened = useOpened((state) => state);
  const [dragging, setDragging] = useState(false);
  const [page] = useState(() => createPage(session.services.habits));
  useAddress(opened);

  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setDragging(false);
    const recipe = droppedRecipe(event.dataTransfer);
    const metadata = droppedMetadata(event.dataTransfer);
    try {
      if (recipe) {
        const { takeRecipeFile } = await import("./task/take-recipe.ts");
        await takeRecipeFile(session, recipe);
        return;
      }
      if (metadata.length > 0) {
        const { takeMetadata } = await import("./rois/take-metadata.ts");
        await takeMetadata(session, metadata);
        return;
      }
      // The folder must be taken from the drop before anything is asked: afterwards it is gone.
      const folder = await droppedFolder(event.dataTransfer);
      if (mayLeave(session)) await openFolder(session, folder);
    } catch (error) {
      notifyError(session.notices, error);
    }
  };

  return (
    // The whole page takes drops; every action also has a button.
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target has no role
    <div
      className="app"
      data-dragging={dragging}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={(event) => event.relatedTarget === null && setDragging(false)}
      onDrop={(event) => void drop(event)}
    >
      <PageContext value={page}>
        <TopBar />
        <Room opened={opened} />
      </PageContext>
      <Notices />
    </div>
  );
}

function Room({ opened }: { readonly opened: Opened }) {
  switch (opened.kind) {
    case "nothing":
      return <Landing />;
    case "failed":
      return <Landing failure={opened} />;
    case "opening":
      return <Opening what={opened.what} />;
    case "open": {
      const { place } = opened;
      if (place.image)
        return <Workspace key={place.image.path} place={place} image={place.image} />;
      if (place.well) return <WellImages place={place} well={place.well} />;
      if (place.plate)
        return (
          <Suspense>
            <PlateGrid place={place} plate={place.plate} />
          </Suspense>
        );
      return <Landing />;
    }
  }
}

/** Keeps the page's address and title in step with what is open; Back and Forward open what they lead to. */
function useAddress(opened: Opened): void {
  const session = useSession();
  const table = useRois((rois) => rois.tableName);
  useEffect(() => {
    const back = (): void => {
      if (mayLeave(session)) openFromAddress(session, new URL(location.href));
    };
    addEventListener("popstate", back);
    return () => removeEventListener("popstate", back);
  }, [session]);
  const shown = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (opened.kind === "opening") return;
    const place = opened.kind === "open" ? opened.place : undefined;
    document.title = place ? `${titleOfPlace(place)} – Fovea` : "Fovea";
    if (opened.kind === "failed") return;
    const origin = place?.source.origin ?? ({ kind: "none" } as const);
    const inside = place && insidePlate(place);
    const where = `${origin.kind} ${inside}`;
    // A step into a plate or out of it is a step that Back undoes; the choice of a table is not.
    show(addressOf(origin, { table, inside }), place !== undefined && isStep(shown.current, where));
    shown.current = where;
    if (origin.kind === "url") remember(session.services.habits, "recent-urls", origin.url);
  }, [opened, table, session]);
}

function isStep(before: string | undefined, now: string): boolean {
  return before !== undefined && before !== now;
}

/** Puts an address in the bar; as a step of its own unless it is there already. */
function show(address: string, asStep: boolean): void {
  if (asStep && new URL(address, location.href).href !== location.href)
    history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** The path of what is shown inside a plate, "" for the plate itself; what is no part of a plate has none. */
function insidePlate({ plate, well, image }: Place): string | undefined {
  return plate && (image?.path ?? well?.path ?? "");
}

function titleOfPlace(place: Place): string {
  const well = place.well?.ref ? ` ${place.well.ref.row}${place.well.ref.column}` : "";
  return `${place.source.title}${well}`;
}
