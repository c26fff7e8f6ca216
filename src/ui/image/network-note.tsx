/** Says over an image or a plate, or while one opens, that the network is away or the server slow, and offers to ask again for what did not come. */
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { counted } from "../../base/counted.ts";
import type { Source } from "../../state/source.ts";
import { useSlow } from "../use-slow.ts";

/** What is on its way for longer than this, in milliseconds, is worth a word. */
const LONG = 5000;

export interface NetworkNoteProps {
  readonly source: Source;
  /** Whether something is on its way, and what that is called. */
  readonly busy: boolean;
  readonly awaited?: "Pixels are" | "The ROI table is" | "Its answer is";
  /** Another number whenever some have come: the server is not slow then. */
  readonly come?: number;
  /** How many parts could not be read, and what they are called. */
  readonly failed?: number;
  readonly part?: "part" | "well";
  /** Asks for those again. */
  readonly onRetry?: () => void;
}

export function NetworkNote({
  source,
  busy,
  awaited = "Pixels are",
  come = 0,
  failed = 0,
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
    onRetry?.();
  }, [source, onRetry]);
  // What did not come while the network was away is asked for when it is back.
  useEffect(() => {
    addEventListener("online", tryAgain);
    return () => removeEventListener("online", tryAgain);
  }, [tryAgain]);

  const says =
    (isRemote ? networkSays({ isOnline, isWaiting, isLong, awaited }) : undefined) ??
    (failed > 0 ? `${counted(failed, part)} could not be read` : undefined) ??
    (isRemote && !busy ? refusal(source) : undefined);
  return (
    <div className="network-note" role="status">
      {says !== undefined && (
        <p>
          {says}
          {(failed > 0 || isLong) && (!isRemote || (isOnline && !isWaiting)) && (
            <button type="button" onClick={tryAgain}>
              Try again
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** Refused chunks count as missing ones, which many servers refuse; where nothing else came, that is likely no more true. */
function refusal({ reader }: Source): string | undefined {
  const { denied, bytes } = reader.details;
  if (denied === 0 || bytes > 0) return undefined;
  return "The server gives none of the pixels asked for, and they are drawn as if never stored";
}

function networkSays(now: {
  readonly isOnline: boolean;
  readonly isWaiting: boolean;
  readonly isLong: boolean;
  readonly awaited: string;
}): string | undefined {
  if (!now.isOnline) return "You are offline. The rest comes when the network is back";
  if (now.isWaiting) return "The server does not answer. Trying again…";
  return now.isLong ? `The server is slow. ${now.awaited} still on the way…` : undefined;
}

function watchNetwork(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
