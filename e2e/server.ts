/** A web server for journeys: a store's entries, and the ways real servers misbehave. It remembers what was asked of it. */
import type { ServerResponse } from "node:http";
import { type Listening, listening } from "../src/testing/listening.ts";

/** What goes wrong with a file, as often as `times`, then it is answered well; every time unless said otherwise. */
export interface Trouble {
  readonly kind: "spoiled" | "short" | "busy" | "silent" | "cut" | "endless";
  readonly times?: number;
}

export interface ServerManners {
  /** What a missing key gets: 404, 403 as object stores without listing answer, or a web page with 200. */
  readonly missing?: "404" | "403" | "page";
  readonly cors?: boolean;
  /** What a browser hears that asks whether a page of another site may send a header that not every page may. */
  readonly preflight?: "granted" | "refused";
  /** Whether a file is given, or refused with 403; by what was asked for until then, it included. */
  readonly hasAccess?: (requests: readonly string[]) => boolean;
  readonly troubles?: ReadonlyMap<string, Trouble>;
  /** Whether parts of files are known, or the start is sent instead of the part, or the whole. */
  readonly ranges?: "known" | "wrong" | "unknown";
  /** Milliseconds before each answer. */
  readonly latency?: number;
}

export interface TestServer extends Listening {
  /** The keys asked for, in order. */
  readonly requests: readonly string[];
}

export async function serveEntries(
  entries: ReadonlyMap<string, Uint8Array>,
  {
    missing = "404",
    cors = true,
    preflight = "granted",
    hasAccess = () => true,
    troubles = new Map(),
    ranges = "known",
    latency = 0,
  }: ServerManners = {},
): Promise<TestServer> {
  const requests: string[] = [];
  const server = await listening((request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname).slice(1);
    if (cors)
      response
        .setHeader("Access-Control-Allow-Origin", "*")
        .setHeader("Access-Control-Allow-Headers", "*")
        .setHeader("Access-Control-Expose-Headers", "*");
    if (request.method === "OPTIONS") {
      response.writeHead(preflight === "granted" ? 204 : 403).end();
      return;
    }
    // Where an answer broke off, it is asked whether the server is there at all.
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    requests.push(key);
    const bytes = entries.get(key) ?? entries.get(`/${key}`);
    const asked = requests.filter((one) => one === key).length;
    const trouble = troubles.get(key);
    const answer = (): void => {
      if (trouble && asked <= (trouble.times ?? Number.POSITIVE_INFINITY))
        misbehave(response, trouble.kind, bytes);
      else if (!hasAccess(requests)) response.writeHead(403).end();
      else if (bytes) sendPart(response, bytes, request.headers.range, ranges);
      else if (missing === "page")
        response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><p>Hello</p>");
      else response.writeHead(Number(missing)).end();
    };
    if (latency > 0) setTimeout(answer, latency);
    else answer();
  });
  return { ...server, requests };
}

function misbehave(
  response: ServerResponse,
  kind: Trouble["kind"],
  bytes: Uint8Array = new Uint8Array(),
): void {
  switch (kind) {
    case "spoiled":
      response.end(Buffer.from("spoiled"));
      return;
    case "short":
      response.end(bytes.subarray(0, bytes.length / 2));
      return;
    case "busy":
      response.writeHead(503).end();
      return;
    case "silent":
      return;
    case "endless":
      response.writeHead(200, { "Content-Length": 2 ** 30 }).write(bytes);
      return;
    case "cut":
      response.writeHead(200, { "Content-Length": bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      return;
  }
}

/** One range, as RFC 9110 has it. */
function sendPart(
  response: ServerResponse,
  bytes: Uint8Array,
  range: string | undefined,
  ranges: "known" | "wrong" | "unknown",
): void {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (range === undefined || ranges === "unknown") {
    response.end(bytes);
    return;
  }
  const asked = from === "" ? bytes.length - Number(to) : Number(from);
  const end = from === "" ? bytes.length : Math.min(bytes.length, Number(to) + 1);
  const start = ranges === "wrong" ? 0 : Math.max(0, asked);
  const part = bytes.subarray(start, start + end - asked);
  const named = `bytes ${start}-${start + part.length - 1}/${bytes.length}`;
  response.writeHead(206, { "Content-Range": named }).end(part);
}
