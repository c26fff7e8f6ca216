/** Fetching on a worker: a hundred megabytes on their way would take more of the page's thread than drawing them. */
import { WorkerPool } from "../base/worker-pool.ts";
import type { Answered } from "../zarr/url-answer.ts";
import type { Patience } from "../zarr/url-store.ts";
import type { FetchAnswer, FetchRequest } from "./fetch.worker.ts";

/**
 * As `fetch`, but an answer has come whole, or has broken off, when it is told of.
 * @param started such a worker that has started already
 */
export function fetchAway(started?: Worker): NonNullable<Patience["fetch"]> {
  const pool = new WorkerPool<FetchRequest, FetchAnswer>(
    () => new Worker(new URL("./fetch.worker.ts", import.meta.url), { type: "module" }),
    1,
    Number.POSITIVE_INFINITY,
  );
  pool.start(started);
  return async ({ href }, { signal, ...asking }) => {
    const answer = await pool.run({ url: href, ...asking }, signal ? { signal } : {});
    if (answer.kind === "none") throw new TypeError(answer.why);
    return answeredBy(answer);
  };
}

function answeredBy({
  status,
  statusText,
  headers,
  body,
}: Extract<FetchAnswer, { kind: "answer" }>): Answered {
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    headers: new Headers(headers.map(([name, value]) => [name, value])),
    body: null,
    arrayBuffer: async () => {
      if (typeof body === "string") throw new TypeError(body);
      return body;
    },
  };
}
