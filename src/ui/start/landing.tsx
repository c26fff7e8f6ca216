/** The first page: four ways in, and what was opened before. */
import { type FormEvent, useEffect, useState } from "react";
import { openDemo } from "../../state/demo.ts";
import type { KnownFolder } from "../../state/identity.ts";
import { notifyError } from "../../state/notices.ts";
import { openFolder, openUrl } from "../../state/open.ts";
import { canPickFolders, pickFolder, secureReason } from "../folders.ts";
import { Mark } from "../mark.tsx";
import { useSession } from "../session-context.ts";
import { recentOf } from "./recent.ts";

export function Landing({ failure }: { readonly failure?: { what: string; sentence: string } }) {
  const session = useSession();
  // A typing mistake is mended, not typed again.
  const [url, setUrl] = useState(failure && /^https?:/.test(failure.what) ? failure.what : "");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void openUrl(session, url);
  };
  const pick = async (): Promise<void> => {
    try {
      const handle = await pickFolder();
      if (handle) await openFolder(session, handle);
    } catch (error) {
      notifyError(session.notices, error);
    }
  };
  return (
    <main className="landing">
      <header>
        <Mark size={56} />
        <h1>Fovea</h1>
        <p className="soft">
          See, curate and process the regions of interest of your OME-Zarr images. Nothing to
          install; your pixels stay where they are.
        </p>
      </header>
      {failure && (
        <div className="failure" role="alert">
          <strong>{failure.what || "The source"} could not be opened</strong>
          <p>{failure.sentence}</p>
        </div>
      )}
      <section className="ways" aria-label="Open">
        <button type="button" className="primary big" onClick={() => void openDemo(session)}>
          Open demo plate
        </button>
        <button
          type="button"
          className="big"
          disabled={!canPickFolders()}
          onClick={() => void pick()}
        >
          Open folder
        </button>
        <form onSubmit={submit}>
          <label className="visually-hidden" htmlFor="url">
            URL
          </label>
          <input
            id="url"
            type="url"
            placeholder="https://…/plate.zarr"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            required
          />
          <button type="submit">Open URL</button>
        </form>
        <p className="soft">
          {canPickFolders()
            ? "Or drop a folder (a plate, a well or an image) anywhere on this page."
            : secureReason()}
        </p>
      </section>
      <Recent />
    </main>
  );
}

function Recent() {
  const session = useSession();
  const [folders, setFolders] = useState<readonly KnownFolder[]>([]);
  const urls = recentOf(session.services.habits, "recent-urls");
  useEffect(() => {
    let shown = true;
    session.services.folders.all().then(
      (all) => shown && setFolders([...all].sort((a, b) => b.openedAt - a.openedAt).slice(0, 5)),
      (error: unknown) => notifyError(session.notices, error),
    );
    return () => {
      shown = false;
    };
  }, [session]);
  if (folders.length + urls.length === 0) return null;
  return (
    <nav className="recent" aria-label="Recent sources">
      <h2>Recent</h2>
      <ul>
        {folders.map(({ id, handle }) => (
          <li key={id}>
            <button
              type="button"
              className="quiet"
              onClick={() => void openFolder(session, handle)}
            >
              <span aria-hidden="true">▤</span> {handle.name} <span className="faint">folder</span>
            </button>
          </li>
        ))}
        {urls.map((recent) => (
          <li key={recent}>
            <button type="button" className="quiet" onClick={() => void openUrl(session, recent)}>
              <span aria-hidden="true">↗</span> {recent}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
