/** The menu in the top bar with all ways to show others what one sees. */
import { useId, useRef } from "react";
import { notifyError } from "../../state/notices.ts";
import { MenuList } from "../menu-list.tsx";
import { usePage } from "../page.ts";
import { useOpened, usePlateShown, useSession } from "../session-context.ts";
import { copyLink, unlinkable } from "./copy-link.ts";

export function ShareMenu() {
  const session = useSession();
  const page = usePage();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const hasImage = useOpened(
    (opened) => opened.kind === "open" && opened.place.image !== undefined,
  );
  const hasPlate = usePlateShown(({ kind }) => kind === "shown");
  const reason = useOpened(() => unlinkable(session));
  const act = (doIt: () => void) => (): void => {
    menu.current?.hidePopover();
    doIt();
  };
  return (
    <>
      <button type="button" popoverTarget={id}>
        Share
      </button>
      <MenuList id={id} label="Share" ref={menu}>
        <button
          type="button"
          disabled={reason !== undefined}
          onClick={act(
            () =>
              void copyLink(session).catch((error: unknown) => notifyError(session.notices, error)),
          )}
        >
          Copy link to this view
        </button>
        {reason && <p className="faint">{reason}</p>}
        {(hasImage || hasPlate) && (
          <>
            <hr />
            <button type="button" onClick={act(() => page.shown.setState({ dialog: "picture" }))}>
              Save picture…
            </button>
          </>
        )}
        {hasImage && (
          <button type="button" onClick={act(() => page.shown.setState({ dialog: "pixels" }))}>
            Export pixels…
          </button>
        )}
      </MenuList>
    </>
  );
}
