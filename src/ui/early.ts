/** Runs inside index.html, before the page's own script has come: starts workers, and asks for what comes first. */
import { type Early, EarlyAnswers } from "../state/early-answers.ts";

/** Where a build put them (vite.config.ts). */
declare const EARLY_SCRIPTS: {
  readonly decode?: string;
  readonly fetch?: string;
  /** What draws a plate, beside the page's own. */
  readonly plate?: readonly string[];
};

const scripts = EARLY_SCRIPTS;
const query = new URLSearchParams(location.search);
const source = query.get("source")?.trim() ?? "";
if (/^https?:/.test(source) && URL.canParse(source)) {
  const answers = new EarlyAnswers({
    source,
    image: query.get("image") ?? undefined,
    isInside: query.has("inside"),
    onPlate: () => {
      for (const href of scripts.plate ?? [])
        document.head.append(
          Object.assign(document.createElement("link"), { rel: "modulepreload", href }),
        );
    },
  });
  const workers: Early["workers"] = {};
  Object.assign(globalThis, { early: { answers, workers } satisfies Early });
  // What fetches and decodes, and what the browser keeps, is there when the page's script is.
  for (const kind of ["decode", "fetch"] as const) {
    const script = scripts[kind];
    if (script === undefined) continue;
    const worker = new Worker(script, { type: "module" });
    worker.onerror = () => delete workers[kind];
    workers[kind] = worker;
  }
  globalThis.indexedDB?.databases?.().catch(() => {});
}
