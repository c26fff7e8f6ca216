/** The button that shows ROIs in space, and the place over the flat image where they are then: loaded when first wanted. */
import { useEffect, useState } from "react";
import type { Image } from "../../ome/multiscale.ts";
import type { Source } from "../../state/source.ts";
import { late } from "../late.tsx";
import { useTitle } from "../page.ts";
import { useSession, useView } from "../session-context.ts";

const BoxView = late(
  async () => (await import("./box-view.tsx")).BoxView,
  <p className="box-view empty">Loading…</p>,
);

const BUTTON = "show-boxes";

interface BoxPaneProps {
  readonly image: Image;
  readonly source: Source;
}

export function BoxButton() {
  const { view } = useSession();
  const title = useTitle("box-view");
  return (
    <button
      type="button"
      id={BUTTON}
      title={title("The ROIs as boxes in space")}
      onClick={() => view.setState({ boxView: true })}
    >
      3D
    </button>
  );
}

export function BoxPane(props: BoxPaneProps) {
  return useView(({ boxView }) => boxView) && <OpenPane {...props} />;
}

function OpenPane(props: BoxPaneProps) {
  const { view } = useSession();
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
  return <BoxView {...props} onClose={() => view.setState({ boxView: false })} />;
}
