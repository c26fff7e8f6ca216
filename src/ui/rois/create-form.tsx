/** The shell of a form that makes ROIs: what it would make is drawn over the image until it is made or put away. */
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { addRois } from "../../editor/add-rois.ts";
import type { NewRoi } from "../../roi/add.ts";
import type { Addition } from "../../roi/addition.ts";
import { addMade } from "../../state/create-rois.ts";
import { addMany } from "../../state/many-rois.ts";
import { attempt } from "../attempt.ts";
import { useSession } from "../session-context.ts";

export function CreateForm({
  label,
  verb,
  title,
  rois,
  addition,
  onClose,
  children,
}: {
  readonly label: string;
  /** What the step of the history is called before the ROIs' names. */
  readonly verb: string;
  readonly title: string;
  /** What would be made, the same array until it changes; undefined while what is typed makes none. */
  readonly rois: readonly NewRoi[] | undefined;
  /** Of very many, what is made of it in place of `rois`, which are drawn. */
  readonly addition?: Addition | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const session = useSession();
  useEffect(() => {
    const { document } = session.rois.getState();
    session.rois.setState({ preview: rois && addRois(document.rois, rois, verb)?.diff });
    return () => session.rois.setState({ preview: undefined });
  }, [session, rois, verb]);

  // Whoever opened the form is about to type.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!rois) return;
    onClose();
    if (addition)
      void attempt(session, () => addMany(session, addition, { doing: "Making", verb }));
    else addMade(session, rois, verb);
  };
  return (
    <form
      ref={form}
      className="create"
      aria-label={label}
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <strong>{title}</strong>
      {children}
      <div className="line">
        <button type="submit" className="primary" disabled={!rois}>
          Make
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
