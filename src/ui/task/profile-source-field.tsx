/** Where a profile comes from: a file that is picked, an array of the same source, or neither. */
import { type ChangeEvent, useRef } from "react";
import { notifyError } from "../../state/notices.ts";
import { keepProfile } from "../../state/task-form.ts";
import type { ProfileSource } from "../../tasks/fields.ts";
import { useSession, useTaskForm } from "../session-context.ts";

export function ProfileSourceField({
  title,
  label,
  none,
  value,
  onChange,
}: {
  readonly title: string;
  /** The title for whoever does not see where it stands. */
  readonly label: string;
  /** What there is without a source. */
  readonly none: string;
  readonly value: ProfileSource | undefined;
  readonly onChange: (value: ProfileSource | undefined) => void;
}) {
  const session = useSession();
  const picker = useRef<HTMLInputElement>(null);
  const isPicked = useTaskForm(({ profiles }) =>
    value?.kind === "file" ? profiles.has(value.name) : true,
  );
  const choose = (kind: string): void => {
    if (kind === "file") picker.current?.click();
    else onChange(kind === "array" ? { kind: "array", path: "" } : undefined);
  };
  const pick = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.target.files ?? [];
    // The same file can be picked again.
    event.target.value = "";
    if (!file) return;
    try {
      await keepProfile(session.taskForm, file.name, new Uint8Array(await file.arrayBuffer()));
      onChange({ kind: "file", name: file.name });
    } catch (error) {
      notifyError(session.notices, error);
    }
  };
  return (
    <label className="field">
      {title}
      <select
        aria-label={label}
        aria-invalid={!isPicked}
        value={value?.kind ?? ""}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{none}</option>
        <option value="file">{value?.kind === "file" ? value.name : "File…"}</option>
        <option value="array">Zarr array</option>
      </select>
      <input
        ref={picker}
        type="file"
        accept=".tif,.tiff,.png"
        hidden
        aria-label={`File of the ${label}`}
        onChange={(event) => void pick(event)}
      />
      {value?.kind === "array" && (
        <input
          aria-label={`Path of the ${label}`}
          placeholder="path in this source"
          value={value.path}
          onChange={(event) => onChange({ kind: "array", path: event.target.value.trim() })}
        />
      )}
      {value?.kind === "file" && (
        <button type="button" className="quiet small" onClick={() => picker.current?.click()}>
          {isPicked ? "Another file…" : `Pick ${value.name} again…`}
        </button>
      )}
    </label>
  );
}
