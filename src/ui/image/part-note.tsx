/** Says over the image that only its middle is drawn, where all of it would be more than a page can hold. */
import { useStore } from "zustand";
import type { Stage } from "./stage.ts";

export function PartNote({ stage }: { readonly stage: Stage }) {
  const isCut = useStore(stage.status, (status) => status.isCut);
  return (
    <div className="network-note part-note" role="status">
      {isCut && (
        <p>Only the middle is shown: there is no coarser level. Zoom in to see the rest.</p>
      )}
    </div>
  );
}
