/** The recipe as the arguments of a Fractal task, for those who outgrow one machine; or what of it cannot be said. */
import { useEffect, useRef } from "react";
import type { FractalExport, FractalTask } from "../../tasks/fractal-arguments.ts";
import { download } from "../download.ts";
import { copyText } from "../rois/clipboard.ts";
import { useSession } from "../session-context.ts";

export function FractalDialog({
  exported,
  onClose,
}: {
  readonly exported: FractalExport;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="fractal" aria-labelledby="fractal-title" onClose={onClose}>
      <div>
        <h2 id="fractal-title">Fractal task arguments</h2>
        {exported.kind === "task" ? (
          <Arguments task={exported.task} />
        ) : (
          <Unsaid steps={exported.steps} />
        )}
        <div className="line">
          {exported.kind === "task" && <WaysOut task={exported.task} />}
          <span className="spring" />
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
    </dialog>
  );
}

function Arguments({ task: { task, package: home, version, arguments: said, notes } }: Task) {
  return (
    <>
      <p>
        “{task}” of {home} {version} makes of the image what this recipe makes of it.
      </p>
      {notes.length > 0 && <Sentences sentences={notes} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <pre tabIndex={0}>{JSON.stringify(said, undefined, 2)}</pre>
    </>
  );
}

interface Task {
  readonly task: FractalTask;
}

function WaysOut({ task }: Task) {
  const session = useSession();
  const text = `${JSON.stringify(task.arguments, undefined, 2)}\n`;
  const name = `${task.task.toLowerCase().replaceAll(" ", "-")}.arguments.json`;
  return (
    <>
      <button
        type="button"
        className="primary"
        onClick={() => void copyText(session, text, `What “${task.task}” takes`)}
      >
        Copy
      </button>
      <button type="button" onClick={() => download({ name, text, type: "application/json" })}>
        Save as a file
      </button>
    </>
  );
}

function Unsaid({ steps }: { readonly steps: readonly string[] }) {
  return (
    <>
      <p>fractal-tasks-core has no arguments for this recipe. What they cannot say:</p>
      <Sentences sentences={steps} />
    </>
  );
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <ul className="soft">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
