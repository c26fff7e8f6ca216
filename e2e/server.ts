/** A web server for journeys: a store's entries, and the ways real servers misbehave. It remembers what was asked of it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ServerManners {
  /** What a missing key gets: 404, 403 as object stores without listing answer, or a web page with 200. */
  readonly missing?: "404" | "403" | "page";
  readonly cors?: boolean;
  /** Keys whose bytes are spoiled. */
  readonly spoiled?: readonly string[];
  /** Keys that are answered with 503 so many times before they are answered well. */
  readonly busy?: ReadonlyMap<string, number>;
  /** Milliseconds before each answer. */
  readonly latency?: number;
}

export interface TestServer {
  readonly url: string;
  /** The keys asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function serveEntries(
  entries: ReadonlyMap<string, Uint8Array>,
  { missing = "404", cors = true, spoiled = [], busy = new Map(), latency = 0 }: ServerManners = {},
): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname).slice(1);
    if (cors)
      response
        .setHeader("Access-Control-Allow-Origin", "*")
        .setHeader("Access-Control-Allow-Headers", "*");
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
      return;
    }
    requests.push(key);
    const bytes = entries.get(key) ?? entries.get(`/${key}`);
    const asked = requests.filter((one) => one === key).length;
    const answer = (): void => {
      if (asked <= (busy.get(key) ?? 0)) response.writeHead(503).end();
      else if (bytes) response.end(spoiled.includes(key) ? Buffer.from("spoiled") : bytes);
      else if (missing === "page")
        response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><p>Hello</p>");
      else response.writeHead(Number(missing)).end();
    };
    if (latency > 0) setTimeout(answer, latency);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
