/** The buttons that go from ROI to ROI, and whether the zoom stays as it is meanwhile. */
import type { Stage } from "../image/stage.ts";
import { useTitle } from "../page.ts";
import { useRois, useSession, useView } from "../session-context.ts";
import { walk } from "./go-to-roi.ts";

export function Walk({ stage }: { readonly stage: Stage }) {
  const session = useSession();
  const hasTable = useRois((state) => state.table !== undefined);
  const keepZoom = useView((view) => view.keepZoom);
  const next = useTitle("next-roi");
  const previous = useTitle("previous-roi");
  const keep = useTitle("keep-zoom");
  if (!hasTable) return null;
  return (
    <>
      <button
        type="button"
        aria-label="Previous ROI"
        title={previous("Previous ROI")}
        onClick={() => walk(session, stage, -1)}
      >
        ‹
      </button>
      <button
        type="button"
        aria-label="Next ROI"
        title={next("Next ROI")}
        onClick={() => walk(session, stage, 1)}
      >
        ›
      </button>
      <button
        type="button"
        aria-pressed={keepZoom}
        title={keep("Go from ROI to ROI at the zoom there is, so that sizes can be compared")}
        onClick={() => session.view.setState({ keepZoom: !keepZoom })}
      >
        Keep zoom
      </button>
    </>
  );
}
