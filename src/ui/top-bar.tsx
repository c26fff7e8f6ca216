/** Where one is, and what every room needs: undo, redo, save, and whether all is saved. */
import { resetDemo } from "../state/demo.ts";
import { closeAll, openInside, openSource } from "../state/open.ts";
import { openPlace, type Place, readOnlyReason } from "../state/source.ts";
import { mayLeave } from "./leaving.ts";
import { Mark } from "./mark.tsx";
import { HistoryButtons } from "./rois/history-buttons.tsx";
import { SaveControls } from "./rois/save-controls.tsx";
import { useDemo, useOpened, useSession } from "./session-context.ts";
import { ShareMenu } from "./share/share-menu.tsx";

export function TopBar() {
  const session = useSession();
  const place = useOpened(openPlace);
  const leave = (go: () => void): void => {
    if (mayLeave(session)) go();
  };
  return (
    <header className="top-bar">
      <button
        type="button"
        className="home"
        aria-label="Fovea: open something else"
        title="Open something else"
        onClick={() => leave(() => closeAll(session))}
      >
        <Mark size={26} />
      </button>
      {place && (
        <nav aria-label="Place">
          {isInside(place) ? (
            <button
              type="button"
              className="quiet"
              onClick={() => leave(() => void openSource(session, place.source))}
            >
              {place.source.title}
            </button>
          ) : (
            <strong>{place.source.title}</strong>
          )}
          <WellStep place={place} leave={leave} />
        </nav>
      )}
      {place && readOnlyReason(place.source) && (
        <span className="badge" title={readOnlyReason(place.source)}>
          read-only
        </span>
      )}
      {place?.source.origin.kind === "demo" && <DemoControls />}
      <span className="spring" />
      {place?.image && (
        <>
          <HistoryButtons />
          <SaveControls />
        </>
      )}
      {place && <ShareMenu />}
    </header>
  );
}

/** Whether what is shown is a part of the source that is not the only one. */
function isInside({ plate, well, image }: Place): boolean {
  if (plate) return (well ?? image) !== undefined;
  return well?.path === "" && well.images.length > 1 && image !== undefined;
}

function WellStep({
  place: { plate, well, image, source },
  leave,
}: {
  readonly place: Place;
  readonly leave: (go: () => void) => void;
}) {
  const session = useSession();
  if (!well) return null;
  // One at the root is named by the source, which leads back to it.
  const name = well.ref ? `${well.ref.row}${well.ref.column}` : well.path;
  const several = well.images.length > 1 && image;
  const back = (): void => {
    void openInside(session, { source, ...(plate ? { plate } : {}) }, well.path);
  };
  return (
    <>
      {plate && <span className="faint">›</span>}
      {several && name !== "" ? (
        <button type="button" className="quiet" onClick={() => leave(back)}>
          {name}
        </button>
      ) : (
        <strong>{name}</strong>
      )}
      {several && <span>› {image.path.slice(well.path === "" ? 0 : well.path.length + 1)}</span>}
    </>
  );
}

const RESET = "Delete the demo plate with all that was done to it, and make it anew";

function DemoControls() {
  const session = useSession();
  const progress = useDemo((demo) => demo.progress);
  if (progress)
    return (
      <label className="badge">
        Making well {Math.min(progress.done + 1, progress.total)} of {progress.total}{" "}
        <progress value={progress.done} max={progress.total} />
      </label>
    );
  return (
    <button
      type="button"
      className="quiet"
      title={RESET}
      onClick={() => confirm(`${RESET}?`) && void resetDemo(session)}
    >
      Reset demo
    </button>
  );
}
