/** The menu of what can be done with the selected ROIs, or at a place of the image: commands, as everywhere. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { counted } from "../../base/counted.ts";
import { roiAt } from "../../roi/rois.ts";
import { entriesOf, moveInMenu } from "../menu-keys.ts";
import { keysFor } from "./bindings.ts";
import type { Desk } from "./command.ts";
import { Keys } from "./keys.tsx";
import { MENUS } from "./menu-commands.ts";
import type { Menu } from "./open-menu.ts";
import { type CommandId, commandOf } from "./registry.ts";
import { runCommand } from "./run-command.ts";

export function ContextMenu({ desk, menu }: { readonly desk: Desk; readonly menu: Menu }) {
  const { page } = desk;
  const element = useRef<HTMLDivElement>(null);
  useShownAt(element, menu);
  useEffect(() => {
    const before = document.activeElement;
    entriesOf(element.current)[0]?.focus();
    const press = (event: Event): void => {
      const { target } = event;
      if (!(target instanceof Element) || element.current?.contains(target)) return;
      page.shown.setState({ menu: undefined });
      // A press that puts the menu away does nothing to the image; the right button opens another menu.
      const isPrimary = event instanceof PointerEvent && event.button === 0;
      if (isPrimary && target.closest(".hand")) event.stopPropagation();
    };
    const leave = (): void => page.shown.setState({ menu: undefined });
    addEventListener("pointerdown", press, { capture: true });
    addEventListener("wheel", press, { capture: true, passive: true });
    addEventListener("blur", leave);
    return () => {
      removeEventListener("pointerdown", press, { capture: true });
      removeEventListener("wheel", press, { capture: true });
      removeEventListener("blur", leave);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [page]);

  const choose = (id: CommandId): void => {
    const command = commandOf(id);
    if (command.blocked?.(desk) !== undefined) return;
    page.shown.setState({ menu: undefined });
    // The pointer went from the image to the menu; what is done, is done where it was.
    if (menu.pointer) desk.stage.hand.take({ kind: "move", at: menu.pointer });
    void runCommand(command, desk);
  };
  const key = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "Escape" && event.key !== "Tab") {
      moveInMenu(event);
      return;
    }
    page.shown.setState({ menu: undefined });
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={element}
      className="menu context"
      role="menu"
      tabIndex={-1}
      aria-label={subjectOf(desk, menu)}
      popover="manual"
      onKeyDown={key}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div className="heading" aria-hidden="true">
        {subjectOf(desk, menu)}
      </div>
      {MENUS[menu.of].map((section, i) => (
        <div key={section[0]} role="none">
          {i > 0 && <hr />}
          {section.map((id) => {
            const reason = commandOf(id).blocked?.(desk);
            return (
              <button
                key={id}
                type="button"
                role="menuitem"
                tabIndex={-1}
                aria-disabled={reason !== undefined}
                title={reason}
                // A mouse that rests where the menu opens chooses nothing.
                onMouseMove={(event) => event.currentTarget.focus()}
                onClick={() => choose(id)}
              >
                <span className="title">{titleIn(menu, id)}</span>
                <Keys of={keysFor(page.bindings.getState(), id).slice(0, 1)} />
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function titleIn({ of }: Menu, id: CommandId): string {
  const { title, short } = commandOf(id);
  return (of === "rois" && short) || title;
}

/** "FOV_2", "3 ROIs", or the image. */
function subjectOf({ session }: Desk, menu: Menu): string {
  const { rois, selection } = session.rois.getState().document;
  const [only] = selection;
  if (menu.of === "image" || only === undefined) return "Image";
  return selection.size === 1 ? (roiAt(rois, only)?.name ?? "ROI") : counted(selection.size, "ROI");
}

/** Opens the menu with its corner at the place, or as near as leaves all of it in the window. */
function useShownAt(element: { readonly current: HTMLElement | null }, { x, y }: Menu): void {
  useLayoutEffect(() => {
    const menu = element.current;
    if (!menu) return;
    menu.showPopover();
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`;
    menu.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`;
  }, [element, x, y]);
}
