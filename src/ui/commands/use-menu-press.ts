/** Opens the context menu where the image is pressed with the right button, or by a finger that rests. */
import { type RefObject, useEffect } from "react";
import type { Stage } from "../image/stage.ts";
import { usePage } from "../page.ts";
import { useSession } from "../session-context.ts";
import { MenuPress } from "./menu-press.ts";
import { openMenu } from "./open-menu.ts";

const NO_MODIFIERS = { shift: false, ctrl: false, alt: false };

/** @param onOpen drops what the press had begun */
export function useMenuPress(
  pane: RefObject<HTMLElement | null>,
  stage: Stage,
  onOpen: () => void,
): void {
  const session = useSession();
  const page = usePage();
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const listening = new AbortController();
    const options = { signal: listening.signal };
    const press = new MenuPress(({ clientX: x, clientY: y }) => {
      const { left, top } = element.getBoundingClientRect();
      const screen = { x: x - left, y: y - top };
      const pointer = { screen, world: stage.eye.world(screen), modifiers: NO_MODIFIERS };
      // What lights up under the pointer is what the menu is about.
      const { hovered } = session.rois.getState();
      onOpen();
      openMenu(session, page, hovered, { x, y, pointer });
    });
    element.addEventListener("pointerdown", (event) => press.down(event), options);
    element.addEventListener("pointermove", (event) => press.move(event), options);
    element.addEventListener("pointerup", (event) => press.up(event), options);
    element.addEventListener("pointercancel", () => press.cancel(), options);
    // The browser's own menu; where a finger rests it would come on top of this one.
    const asked = (event: Event): void => {
      event.preventDefault();
      press.asked();
    };
    element.addEventListener("contextmenu", asked, options);
    return () => {
      press.cancel();
      listening.abort();
    };
  }, [pane, stage, onOpen, session, page]);
}
