/** A server for the streaming bench: a round trip before each answer, ranges as object stores have them, and a log. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname } from "node:path";
import { type Listening, listening } from "../../src/testing/listening.ts";

/** A file by its path on the server, "/plate/A/01/.zattrs". */
export type Find = (path: string) => Uint8Array | undefined;

/** Times are milliseconds since 1970, as precise as the clock is. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly asked: number;
  status: number;
  /** Of the body. */
  bytes: number;
  /** When the last byte was given to the network. */
  answered?: number;
  /** When the browser hung up before that. */
  cancelled?: number;
}

export interface SlowServer extends Listening {
  /** Everything asked for since the last `forget`, in order. */
  readonly log: readonly Asked[];
  /** Forgets the log. */
  forget(): void;
  /** From now on, files whose path says so get no answer, until `undefined` is given. */
  hold(held: ((path: string) => boolean) | undefined): void;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".png": "image/png",
};

export const now = (): number => performance.timeOrigin + performance.now();

/** HTTP/1.1, so that a browser asks for six things at once: N files take at least N/6 round trips. */
export async function serveSlowly(find: Find, latency: number): Promise<SlowServer> {
  let log: Asked[] = [];
  let isHeld: ((path: string) => boolean) | undefined;
  const server = await listening((request, response) => {
    response
      .setHeader("Access-Control-Allow-Origin", "*")
      .setHeader("Access-Control-Allow-Headers", "*")
      .setHeader("Access-Control-Expose-Headers", "*")
      // An isolated page may ask what it holds, and has a clock of 5 µs instead of 100 µs.
      .setHeader("Cross-Origin-Opener-Policy", "same-origin")
      .setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
      return;
    }
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname);
    const { range } = request.headers;
    const entry: Asked = { path, range, asked: now(), status: 0, bytes: 0 };
    log.push(entry);
    response.on("finish", () => {
      entry.answered = now();
    });
    response.on("close", () => {
      if (entry.answered === undefined) entry.cancelled = now();
    });
    if (!isHeld?.(path)) setTimeout(() => answer(request, response, entry, find(path)), latency);
  });
  return {
    ...server,
    get log() {
      return log;
    },
    forget: () => {
      log = [];
    },
    hold: (held) => {
      isHeld = held;
    },
  };
}

function answer(
  { method }: IncomingMessage,
  response: ServerResponse,
  entry: Asked,
  file: Uint8Array | undefined,
): void {
  response.setHeader("Accept-Ranges", "bytes");
  const body = file && part(file, entry.range);
  entry.status = file === undefined ? 404 : body === undefined ? 416 : entry.range ? 206 : 200;
  if (file === undefined || body === undefined) {
    response.writeHead(entry.status).end();
    return;
  }
  const start = body.byteOffset - file.byteOffset;
  if (entry.status === 206)
    response.setHeader("Content-Range", `bytes ${start}-${start + body.length - 1}/${file.length}`);
  response.writeHead(entry.status, {
    "Content-Length": body.length,
    "Content-Type": TYPES[extname(entry.path)] ?? "application/octet-stream",
  });
  if (method !== "HEAD") entry.bytes = body.length;
  response.end(method === "HEAD" ? undefined : body);
}

/** The bytes that a Range header names, undefined where there are none of them (RFC 9110, one range). */
function part(file: Uint8Array, range: string | undefined): Uint8Array | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === undefined || to === undefined) return file;
  const start = from === "" ? Math.max(0, file.length - Number(to)) : Number(from);
  const end = from === "" || to === "" ? file.length : Math.min(file.length, Number(to) + 1);
  return start < end ? file.subarray(start, end) : undefined;
}
