/** Names for all selected ROIs by a pattern, given on Enter in the order of the table. */
import { type KeyboardEvent, useState } from "react";
import { counted, grouped } from "../../base/counted.ts";
import { PATTERN_HELP, renamedBy } from "../../editor/rename-many.ts";
import type { Selection } from "../../editor/selection.ts";
import { edit } from "../../state/rois.ts";
import { useRois, useSession } from "../session-context.ts";
import { useListedIds } from "./use-listed-ids.ts";

/** More are too many for one frame. */
const MOST = 5000;

interface Typed {
  readonly of: Selection;
  readonly text: string;
  readonly problem: string | undefined;
}

const NOTHING = { text: "", problem: undefined };

export function NamesField() {
  const session = useSession();
  const masking = useRois((state) => state.masking);
  const selection = useRois((state) => state.document.selection);
  const listed = useListedIds();
  const [typed, setTyped] = useState<Typed>();
  // What was typed for others is not meant for these.
  const { text, problem } = typed?.of === selection ? typed : NOTHING;
  if (masking) return null;

  const apply = (): void => {
    const { rois } = session.rois.getState().document;
    const inList = listed.filter((id) => selection.has(id));
    const ids = [...new Set([...inList, ...selection])];
    const made =
      ids.length > MOST
        ? `At most ${grouped(MOST)} ROIs are renamed at once`
        : renamedBy(rois, ids, text);
    setTyped({ of: selection, text, problem: typeof made === "string" ? made : undefined });
    if (typeof made === "object") edit(session, made);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && text !== "") apply();
    else if (event.key === "Escape") setTyped(undefined);
  };
  return (
    <label className="field">
      Names
      <input
        aria-label="Names"
        autoComplete="off"
        placeholder="cell_{n:03}, Enter"
        title={`Renames ${counted(selection.size, "ROI")}: ${PATTERN_HELP}`}
        aria-invalid={problem !== undefined}
        value={text}
        onChange={({ target }) =>
          setTyped({ of: selection, text: target.value, problem: undefined })
        }
        onKeyDown={key}
      />
      {problem !== undefined && (
        <span className="problem" role="alert">
          {problem}
        </span>
      )}
    </label>
  );
}
