/** Says over the image that the network is away or the server slow, and offers to ask again for what did not come. */
import { useEffect, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { Source } from "../../state/source.ts";
import { useSlow } from "../use-slow.ts";
import type { Stage } from "./stage.ts";

/** Pixels on their way for longer than this, in milliseconds, are worth a word. */
const LONG = 5000;

export function NetworkNote({ stage, source }: { readonly stage: Stage; readonly source: Source }) {
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const isRemote = source.origin.kind === "url";
  const failed = useStore(stage.status, (status) => status.failed);
  const isLong = useSlow(
    useStore(stage.status, (status) => status.busy),
    LONG,
  );
  const isWaiting = useSlow(useStore(source.waiting, (count) => count > 0));
  // What did not come while the network was away is asked for when it is back.
  useEffect(() => {
    if (isOnline) stage.retry();
  }, [isOnline, stage]);

  const says = isRemote ? networkSays({ isOnline, isWaiting, isLong }) : undefined;
  const lost = failed > 0 ? `${failed} ${failed === 1 ? "part" : "parts"} could not be read` : "";
  return (
    <div className="network-note" role="status">
      {(says ?? lost) !== "" && (
        <p>
          {says ?? lost}
          {says === undefined && (
            <button type="button" onClick={() => stage.retry()}>
              Try again
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function networkSays(now: {
  readonly isOnline: boolean;
  readonly isWaiting: boolean;
  readonly isLong: boolean;
}): string | undefined {
  if (!now.isOnline) return "You are offline. The rest comes when the network is back";
  if (now.isWaiting) return "The server does not answer. Trying again…";
  return now.isLong ? "The server is slow. Pixels are still on their way…" : undefined;
}

function watchNetwork(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
