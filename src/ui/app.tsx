/** The page: landing, plate, well or workspace, with drops accepted everywhere. */
import { type DragEvent, useState } from "react";
import { notifyError } from "../state/notices.ts";
import { openFolder } from "../state/open.ts";
import type { Opened } from "../state/source.ts";
import { droppedFolder, droppedMetadata, droppedRecipe, droppedRois } from "./folders.ts";
import { late } from "./late.tsx";
import { mayLeave } from "./leaving.ts";
import { Notices } from "./notices.tsx";
import { createPage, PageContext } from "./page.ts";
import { useOpened, useSession } from "./session-context.ts";
import { Landing } from "./start/landing.tsx";
import { Opening } from "./start/opening.tsx";
import { WellImages } from "./start/well-images.tsx";
import { TopBar } from "./top-bar.tsx";
import { useAddress } from "./use-address.ts";
import { Workspace } from "./workspace.tsx";

const PlatePage = late(
  async () => (await import("./plate/plate-page.tsx")).PlatePage,
  <main className="plate" />,
);

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
    const rois = droppedRois(event.dataTransfer);
    try {
      if (recipe) {
        const { takeRecipeFile } = await import("./task/take-recipe.ts");
        await takeRecipeFile(session, recipe);
        return;
      }
      if (metadata.length > 0) {
        const { takeMetadata } = await import("./rois/take-files.ts");
        await takeMetadata(session, metadata);
        return;
      }
      if (rois) {
        const { takeRois } = await import("./rois/take-files.ts");
        await takeRois(session, rois);
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
      return <Opening what={opened.what} source={opened.source} />;
    case "open": {
      const { place } = opened;
      if (place.image)
        return <Workspace key={place.image.path} place={place} image={place.image} />;
      if (place.well) return <WellImages place={place} well={place.well} />;
      if (place.plate)
        return <PlatePage key={place.plate.path} place={place} plate={place.plate} />;
      return <Landing />;
    }
  }
}
