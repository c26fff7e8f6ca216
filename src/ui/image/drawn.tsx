/** A part of the page that is drawn by the graphics card: drawn anew when the card drops it, and said where that does not help. */
import { Fragment, type ReactNode, useLayoutEffect, useRef, useState } from "react";

/** What is dropped again within this time, in milliseconds, is not drawn anew by itself: the card may be unable to. */
const SOON = 10_000;

/** The events of a canvas whose pictures are gone, and of one that the browser gives no graphics card to. */
const LOSSES = ["webglcontextlost", "webglcontextcreationerror"] as const;
type Loss = (typeof LOSSES)[number];

const SENTENCES: Readonly<Record<Loss, string>> = {
  webglcontextlost:
    "The graphics card has stopped drawing; what you have edited is kept. Should this come again, close other tabs that draw much.",
  webglcontextcreationerror:
    "The browser gives Fovea no graphics card to draw with (WebGL 2); what you have edited is kept. Switch on graphics acceleration in the browser's settings, or restart the browser.",
};

interface Rounds {
  /** How often all was drawn anew. */
  readonly count: number;
  readonly began: number;
  /** Why it is not drawn anew by itself. */
  readonly stopped: Loss | undefined;
}

/** A region around canvases; all in it is made anew when one of them loses its pictures, which are all on one card. */
export function Drawn({
  label,
  className,
  busy,
  children,
}: {
  readonly label: string;
  readonly className: string;
  readonly busy: boolean;
  readonly children: ReactNode;
}) {
  const region = useRef<HTMLElement>(null);
  const [{ count, stopped }, setRounds] = useState<Rounds>({
    count: 0,
    began: Number.NEGATIVE_INFINITY,
    stopped: undefined,
  });
  useLayoutEffect(() => {
    const element = region.current;
    const lost = ({ type }: Event): void => {
      const loss = LOSSES.find((one) => one === type);
      const now = performance.now();
      setRounds((rounds) => {
        // The canvases beside the first one that tells are gone with it.
        if (rounds.count !== count || rounds.stopped) return rounds;
        if (now - rounds.began < SOON) return { ...rounds, stopped: loss };
        return { count: count + 1, began: now, stopped: undefined };
      });
    };
    // They do not bubble.
    for (const loss of LOSSES) element?.addEventListener(loss, lost, { capture: true });
    return () => {
      for (const loss of LOSSES) element?.removeEventListener(loss, lost, { capture: true });
    };
  }, [count]);
  const again = (): void =>
    setRounds({ count: count + 1, began: performance.now(), stopped: undefined });
  return (
    <section ref={region} className={className} aria-label={label} aria-busy={busy && !stopped}>
      <Fragment key={count}>{children}</Fragment>
      {stopped && (
        <div className="undrawn" role="alert">
          <p>{SENTENCES[stopped]}</p>
          <button type="button" onClick={again}>
            Draw again
          </button>
        </div>
      )}
    </section>
  );
}
