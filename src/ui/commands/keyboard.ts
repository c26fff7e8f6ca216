/** Hears the keys: finds the command that a stroke means in this situation, and runs it. */
import { useEffect } from "react";
import { remembered } from "../../base/remembered.ts";
import { meantBy, type Situation } from "../../editor/shortcuts.ts";
import type { Session } from "../../state/session.ts";
import type { Desk } from "./command.ts";
import { type Bound, boundTo, COMMANDS, type OwnKeys } from "./registry.ts";
import { runCommand } from "./run-command.ts";

/** Listens while an image is open. */
export function useKeyboard(desk: Desk | undefined): void {
  useEffect(() => {
    if (!desk) return;
    const { session, page } = desk;
    const bound = remembered((own: OwnKeys) =>
      COMMANDS.filter(({ fixed }) => !fixed).map((command) => boundTo(own, command)),
    );
    /** The command whose key is down, and the key's place on the keyboard: what it writes may change meanwhile. */
    let held: { readonly command: Bound; readonly code: string } | undefined;
    const release = (): void => {
      held?.command.release?.(desk);
      held = undefined;
    };
    /** Whether a command that lasts begins now; a key that is down repeats itself. */
    const holds = (command: Bound, { repeat, code }: KeyboardEvent): boolean => {
      if (repeat) return false;
      release();
      held = { command, code };
      return true;
    };
    const down = (event: KeyboardEvent): void => {
      // A dialog or an open menu has the keys to itself.
      if (document.querySelector("dialog[open], :popover-open")) return;
      const command = meantBy(
        bound(page.bindings.getState().own),
        event,
        situationOf(session, event),
      );
      if (!command) return;
      event.preventDefault();
      if (command.when === "anywhere") takeTyped();
      if (command.release && !holds(command, event)) return;
      void runCommand(command, desk);
    };
    const up = (event: KeyboardEvent): void => {
      if (event.code === held?.code) release();
    };
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    addEventListener("blur", release);
    return () => {
      release();
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
      removeEventListener("blur", release);
    };
  }, [desk]);
}

/** What is half typed in a field counts for what the key does; the keyboard stays in the field, unless it went elsewhere. */
function takeTyped(): void {
  const { activeElement: field } = document;
  if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement)) return;
  field.blur();
  if (document.activeElement === document.body) field.focus({ preventScroll: true });
}

function situationOf({ rois, triage }: Session, event: KeyboardEvent): Situation {
  return {
    typing: isTyping(event),
    selected: rois.getState().document.selection.size,
    triage: triage.getState().on,
  };
}

/** Whether a key belongs to what has the focus: text fields take all, sliders and lists what moves them. */
function isTyping({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("select, input[type=range]")) return !ctrlKey && !metaKey && key !== "?";
  // The table of ROIs goes a page on with the keys that change the plane.
  if (key.startsWith("Page") && target.closest("[role=grid]")) return true;
  // A button that has the focus is pressed by Space.
  if (key === " " && target.matches("button, summary, input[type=checkbox]")) return true;
  return target.isContentEditable || target.matches("input:not([type=checkbox]), textarea");
}
