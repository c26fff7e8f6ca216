/** A web server whose answers a test says file by file, and stores behind it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll } from "vitest";
import { type Patience, UrlStore } from "../zarr/url-store.ts";
import { type Listening, listening } from "./listening.ts";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What `ranged` gives. */
export const FILE: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 100 }, (_, i) => i);

export interface WebFiles {
  readonly origin: string;
  /** By path as the server sees it; 404 for any other. */
  readonly answers: Map<string, Answer>;
  /** What was asked for, in order: path and query. */
  readonly asked: string[];
  /** How: the method, and the part. */
  readonly ways: string[];
  /** Waits for nothing between two tries. */
  store(path?: string, patience?: Patience): UrlStore;
}

/** One server for all tests of a file. */
export function webFiles(): WebFiles {
  const answers = new Map<string, Answer>();
  const asked: string[] = [];
  const ways: string[] = [];
  let server: Listening | undefined;
  beforeAll(async () => {
    server = await listening((request, response) => {
      asked.push(request.url ?? "");
      ways.push([request.method, request.headers.range].filter(Boolean).join(" "));
      const answer = answers.get(new URL(request.url ?? "", "http://x").pathname);
      if (answer) answer(request, response);
      else response.writeHead(404).end("nothing here");
    });
  });
  afterAll(() => server?.close());
  return {
    answers,
    asked,
    ways,
    get origin() {
      if (server === undefined) throw new Error("There is a server only while a test runs");
      return server.url;
    },
    store(path = "/data.zarr", patience = {}) {
      return new UrlStore(
        { kind: "url", url: this.origin + path },
        { pause: async () => {}, ...patience },
      );
    },
  };
}

export const status =
  (code: number, type = "text/plain", body = ""): Answer =>
  (_request, response) =>
    response.writeHead(code, { "content-type": type }).end(body);

/** A server that knows ranges. */
export const rangesOf =
  (bytes: Uint8Array): Answer =>
  ({ headers }, response) => {
    const [, from = "", to = ""] = /bytes=(\d*)-(\d*)/.exec(headers.range ?? "") ?? [];
    if (headers.range === undefined)
      response.writeHead(200, { "content-length": bytes.length }).end(bytes);
    else if (from === "") response.writeHead(206).end(bytes.subarray(-Number(to)));
    else if (Number(from) >= bytes.length) response.writeHead(416).end("no such part");
    else response.writeHead(206).end(bytes.subarray(Number(from), Number(to) + 1));
  };

export const ranged: Answer = rangesOf(FILE);

/** One that does not, as the one that comes with Python. */
export const unranged: Answer = (_request, response) => response.writeHead(200).end(FILE);
