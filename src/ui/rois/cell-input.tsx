/** A cell of the table while it is edited: Enter and Tab take what was typed, Escape leaves the cell as it was. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";

export function CellInput({
  label,
  value,
  problemOf,
  onDone,
}: {
  readonly label: string;
  readonly value: string;
  /** Why a text cannot stand here, as a sentence. */
  readonly problemOf: (text: string) => string | undefined;
  /** `text` is undefined where nothing changes; `next` asks for the next cell. */
  readonly onDone: (text: string | undefined, next: boolean) => void;
}) {
  const [text, setText] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => input.current?.select(), []);
  const problem = text === value ? undefined : problemOf(text);
  const leave = (next: boolean): void => {
    if (done.current) return;
    done.current = true;
    onDone(text === value || problem ? undefined : text, next);
  };
  const key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape") {
      done.current = true;
      onDone(undefined, false);
    } else if ((event.key === "Enter" || event.key === "Tab") && problem === undefined) {
      event.preventDefault();
      leave(event.key === "Tab");
    }
  };
  return (
    <>
      <input
        ref={input}
        className="cell-input"
        aria-label={label}
        aria-invalid={problem !== undefined}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={key}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => leave(false)}
      />
      {problem !== undefined && (
        <span className="cell-problem" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
