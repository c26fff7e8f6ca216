/** The frame of a dialog that makes a file: what of the image, how, how far it is. */
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { usePage } from "../page.ts";
import type { Job } from "./use-job.ts";

export function ShareDialog({
  title,
  action,
  other,
  blocked,
  job,
  onSubmit,
  children,
}: {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  /** Another thing to do with what was chosen. */
  readonly other?:
    | { readonly action: string; readonly run: (close: () => void) => void }
    | undefined;
  /** Why it cannot be done as chosen. */
  readonly blocked?: string | undefined;
  readonly job: Job;
  readonly onSubmit: (close: () => void) => void;
  readonly children: ReactNode;
}) {
  const page = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => dialog.current?.close();
  // Behind the dialog it would be dimmed, and could not be heard.
  const problem = blocked ?? job.failure;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (job.done === undefined && blocked === undefined) onSubmit(close);
  };
  return (
    <dialog
      ref={dialog}
      className="share"
      aria-labelledby={id}
      onClose={() => page.shown.setState({ dialog: undefined })}
    >
      <form onSubmit={submit}>
        <h2 id={id}>{title}</h2>
        <fieldset disabled={job.done !== undefined} onChange={job.forget}>
          {children}
        </fieldset>
        {problem !== undefined && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="line">
          {job.done === undefined ? (
            <span className="spring" />
          ) : (
            <progress aria-label={title} value={job.done} max={1} />
          )}
          <button type="button" onClick={job.done === undefined ? close : job.cancel}>
            Cancel
          </button>
          {other && (
            <button
              type="button"
              disabled={job.done !== undefined || blocked !== undefined}
              onClick={() => other.run(close)}
            >
              {other.action}
            </button>
          )}
          <button
            type="submit"
            className="primary"
            disabled={job.done !== undefined || blocked !== undefined}
          >
            {action}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** What of the image. */
export function PartField<P extends { readonly kind: string; readonly title: string }>({
  parts,
  part,
  onChange,
}: {
  readonly parts: readonly P[];
  readonly part: P;
  readonly onChange: (part: P) => void;
}) {
  return (
    <div className="parts" role="radiogroup" aria-label="What">
      {parts.map((one) => (
        <label key={one.kind}>
          <input
            type="radio"
            name="part"
            checked={one.kind === part.kind}
            onChange={() => onChange(one)}
          />
          {one.title}
        </label>
      ))}
    </div>
  );
}

export function Check({
  label,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}
