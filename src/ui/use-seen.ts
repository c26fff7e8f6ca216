/** Whether the image has been seen: what else there is to load waits for its first pixels. */
import { useEffect, useState } from "react";
import type { Stage } from "./image/stage.ts";

/** An image that stalls keeps the rest of the page no longer than this, in milliseconds. */
const PATIENCE = 4000;

export function useSeen(stage: Stage | undefined): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSeen(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!stage) return;
    let frame = 0;
    const look = ({ busy }: { readonly busy: boolean }): void => {
      // By the next frame the one that is drawn now is on the screen.
      if (!busy && frame === 0) frame = requestAnimationFrame(() => setSeen(true));
    };
    look(stage.status.getState());
    const stop = stage.status.subscribe(look);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [stage]);
  return isSeen;
}
