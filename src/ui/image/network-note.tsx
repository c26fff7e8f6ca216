/** Says over an image or a plate that the network is away or the server slow, and offers to ask again for what did not come. */
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { counted } from "../../base/counted.ts";
import type { Source } from "../../state/source.ts";
import { useSlow } from "../use-slow.ts";

/** Pixels on their way for longer than this, in milliseconds, are worth a word. */
const LONG = 5000;

export interface NetworkNoteProps {
  readonly source: Source;
  /** Whether pixels in view are on their way. */
  readonly busy: boolean;
  /** Another number whenever some have come: the server is not slow then. */
  readonly come?: number;
  /** How many parts could not be read, and what they are called. */
  readonly failed: number;
  readonly part?: "part" | "well";
  /** Asks for those again. */
  readonly onRetry: () => void;
}

export function NetworkNote({
  source,
  busy,
  come = 0,
  failed,
  part = "part",
  onRetry,
}: NetworkNoteProps) {
  const [tries, setTries] = useState(0);
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const isRemote = source.origin.kind === "url";
  const isLong = useSlow(busy, LONG, tries + come);
  const isWaiting = useSlow(useStore(source.waiting, (count) => count > 0));
  const tryAgain = useCallback(() => {
    setTries((count) => count + 1);
    source.askAgain();
    onRetry();
  }, [source, onRetry]);
  // What did not come while the network was away is asked for when it is back.
  useEffect(() => {
    addEventListener("online", tryAgain);
    return () => removeEventListener("online", tryAgain);
  }, [tryAgain]);

  const says =
    (isRemote ? networkSays({ isOnline, isWaiting, isLong }) : undefined) ??
    (failed > 0 ? `${counted(failed, part)} could not be read` : undefined);
  return (
    <div className="network-note" role="status">
      {says !== undefined && (
        <p>
          {says}
          {(!isRemote || (isOnline && !isWaiting)) && (
            <button type="button" onClick={tryAgain}>
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
