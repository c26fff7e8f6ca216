/** While something opens: what, how far where that is known, and a way out. */
import { closeAll } from "../../state/open.ts";
import { useDemo, useSession } from "../session-context.ts";

export function Opening({ what }: { readonly what: string }) {
  const session = useSession();
  const progress = useDemo((demo) => demo.progress);
  return (
    <main className="opening" aria-busy="true">
      <div>
        <p role="status">{progress ? `Making ${what}…` : `Opening ${what}…`}</p>
        {progress && (
          <progress aria-label="Wells made" value={progress.done} max={progress.total} />
        )}
        <button type="button" onClick={() => closeAll(session)}>
          Cancel
        </button>
      </div>
    </main>
  );
}
