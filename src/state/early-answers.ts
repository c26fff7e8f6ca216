/** What index.html asked of a source before the page's script was there, and what it started: each is handed over once. */
import type { Patience } from "../zarr/url-store.ts";

type Fetch = NonNullable<Patience["fetch"]>;

/** As `fetch`; by the whole address, @param answers which were asked for already */
export function fetchAfter(answers: Map<string, Promise<Response>>): Fetch {
  return (url, init) => {
    const early = init.headers["Range"] === undefined ? answers.get(url.href) : undefined;
    answers.delete(url.href);
    return early ?? fetch(url, init);
  };
}

/** Takes the answers over: index.html asks for nothing more from here on. None where it asked for nothing. */
export function earlyAnswers(): Map<string, Promise<Response>> {
  const page = globalThis as { earlyAnswers?: Map<string, Promise<Response>> };
  const answers = page.earlyAnswers ?? new Map<string, Promise<Response>>();
  delete page.earlyAnswers;
  return answers;
}

/** The worker that index.html started, to decode with; undefined where it started none, or that failed. */
export function earlyDecoder(): Worker | undefined {
  const page = globalThis as { earlyDecoder?: Worker };
  const worker = page.earlyDecoder;
  delete page.earlyDecoder;
  return worker;
}
