/** While something opens: what, how far where that is known, what keeps it, and a way out. */
import { closeAll } from "../../state/open.ts";
import type { Source } from "../../state/source.ts";
import { NetworkNote } from "../image/network-note.tsx";
import { useDemo, useSession } from "../session-context.ts";

export function Opening({
  what,
  source,
}: {
  readonly what: string;
  readonly source: Source | undefined;
}) {
  const session = useSession();
  const progress = useDemo((demo) => demo.progress);
  return (
    <main className="opening" aria-busy="true">
      <div>
        <p role="status">{progress ? `Making ${what}…` : `Opening ${what}…`}</p>
        {progress && (
          <progress aria-label="Wells made" value={progress.done} max={progress.total} />
        )}
        {source && <NetworkNote source={source} busy awaited="Its answer is" />}
        <button type="button" onClick={() => closeAll(session)}>
          Cancel
        </button>
      </div>
    </main>
  );
}
