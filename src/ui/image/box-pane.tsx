/** The button that shows ROIs in space, and the place over the flat image where they are then: loaded when first wanted. */
import { lazy, Suspense, useEffect, useState } from "react";
import type { Image } from "../../ome/multiscale.ts";
import type { Source } from "../../state/source.ts";
import { usePage, useShown, useTitle } from "../page.ts";

const BoxView = lazy(async () => ({ default: (await import("./box-view.tsx")).BoxView }));

const BUTTON = "show-boxes";

interface BoxPaneProps {
  readonly image: Image;
  readonly source: Source;
}

export function BoxButton() {
  const { shown } = usePage();
  const title = useTitle("box-view");
  return (
    <button
      type="button"
      id={BUTTON}
      title={title("The ROIs as boxes in space")}
      onClick={() => shown.setState({ boxView: true })}
    >
      3D
    </button>
  );
}

export function BoxPane(props: BoxPaneProps) {
  return useShown(({ boxView }) => boxView) && <OpenPane {...props} />;
}

function OpenPane(props: BoxPaneProps) {
  const { shown } = usePage();
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Only a focus that went with the pane is given back: one that moved on stays where it is.
      if (document.activeElement !== document.body) return;
      const before = opener !== document.body && opener?.isConnected ? opener : undefined;
      const target = before ?? document.getElementById(BUTTON);
      if (target instanceof HTMLElement) target.focus();
    },
    [opener],
  );
  return (
    <Suspense fallback={<p className="box-view empty">Loading…</p>}>
      <BoxView {...props} onClose={() => shown.setState({ boxView: false })} />
    </Suspense>
  );
}
