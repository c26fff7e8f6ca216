/** The web store against a real server that behaves well, badly, and not at all. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ChunkReader } from "./chunk-reader.ts";
import { openArray } from "./open-array.ts";
import { readWhole } from "./read-whole.ts";
import { UrlStore } from "./url-store.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
/** By path as the server sees it. */
const answers = new Map<string, Answer>();
const asked: string[] = [];
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const answer = answers.get(new URL(request.url ?? "", origin).pathname);
    if (answer) answer(request, response);
    else response.writeHead(404).end("nothing here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const status =
  (code: number, type = "text/plain", body = ""): Answer =>
  (_request, response) =>
    response.writeHead(code, { "content-type": type }).end(body);

/** A server that knows ranges. */
const ranged: Answer = (request, response) => {
  const [, from = "", to = ""] = /bytes=(\d*)-(\d*)/.exec(request.headers.range ?? "") ?? [];
  if (request.headers.range === undefined) response.writeHead(200).end(bytes);
  else if (from === "") response.writeHead(206).end(bytes.subarray(-Number(to)));
  else response.writeHead(206).end(bytes.subarray(Number(from), Number(to) + 1));
};

const store = (path = "/data.zarr") => new UrlStore({ kind: "url", url: origin + path });

describe("addresses", () => {
  test("keys are appended and percent-encoded; the query stays", async () => {
    asked.length = 0;
    await store("/data.zarr/?sig=a%2Fb&x=1#top").get("/tables/Zelle 1 ü?#%/zarr.json");
    await store("/mit%20luft.zarr").get("/0");
    expect(asked).toEqual([
      "/data.zarr/tables/Zelle%201%20%C3%BC%3F%23%25/zarr.json?sig=a%2Fb&x=1",
      "/mit%20luft.zarr/0",
    ]);
  });

  test.each(["data.zarr", "ftp://host/data.zarr", ""])("“%s” is none", (url) => {
    expect(() => new UrlStore({ kind: "url", url })).toThrow(
      expect.objectContaining({ tag: "input" }),
    );
  });
});

describe("bytes", () => {
  test("of a whole file own their buffer", async () => {
    answers.set("/data.zarr/whole", ranged);
    const found = await store().get("/whole");
    expect(found).toEqual(bytes);
    expect(found?.buffer.byteLength).toBe(100);
  });

  test.each([
    ["a server that knows ranges", ranged],
    [
      "a server that answers with the whole file",
      (_, response) => response.writeHead(200).end(bytes),
    ],
  ] satisfies [string, Answer][])("of a range, from %s", async (_name, answer) => {
    answers.set("/data.zarr/part", answer);
    const part = await store().getRange("/part", { offset: 10, length: 3 });
    const end = await store().getRange("/part", { suffixLength: 2 });
    expect([part, end]).toEqual([Uint8Array.of(10, 11, 12), Uint8Array.of(98, 99)]);
    expect(part?.buffer.byteLength).toBe(3);
  });
});

describe("answers that are no file", () => {
  test.each([404, 410])("%i is missing", async (code) => {
    answers.set("/data.zarr/x", status(code));
    expect(await store().get("/x")).toBeUndefined();
    expect(await store().getRange("/x", { suffixLength: 1 })).toBeUndefined();
  });

  test.each([
    [401, "denied"],
    [403, "denied"],
    [416, "http"],
    [500, "http"],
    [503, "http"],
  ])("%i is a Fault “%s” that names the place, without the query", async (code, tag) => {
    answers.set("/data.zarr/x", status(code));
    const where = `${origin}/data.zarr/x`;
    const failed = store("/data.zarr?secret=1").get("/x");
    await expect(failed).rejects.toMatchObject({
      tag,
      where,
      message: expect.stringContaining(`${code}`),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining("secret") });
  });

  test.each([
    ["text/html", "\n<!DOCTYPE html><title>App</title>"],
    ["application/octet-stream", "<html lang=en>"],
    ["text/html; charset=utf-8", "<!-- App --><html>"],
  ])("a web page as %s is a Fault “html”", async (type, body) => {
    answers.set("/data.zarr/.zattrs", status(200, type, body));
    await expect(store().get("/.zattrs")).rejects.toMatchObject({ tag: "html" });
    answers.set("/data.zarr/0", status(206, type, body));
    await expect(store().getRange("/0", { suffixLength: 1 })).rejects.toMatchObject({
      tag: "html",
    });
  });

  test("a chunk under a wrong type is a chunk", async () => {
    answers.set("/data.zarr/0", status(200, "text/html", "\u0002\u0001!"));
    expect(await store().get("/0")).toEqual(Uint8Array.of(2, 1, 33));
  });

  test("no answer at all, and one that breaks off, are “offline”", async () => {
    const nobody = new UrlStore({ kind: "url", url: "http://127.0.0.1:1/data.zarr" });
    await expect(nobody.get("/0")).rejects.toMatchObject({ tag: "offline" });
    answers.set("/data.zarr/0", (_request, response) => response.destroy());
    await expect(store().get("/0")).rejects.toMatchObject({ tag: "offline" });
  });
});

test("stopping closes the connection and rejects", async () => {
  const controller = new AbortController();
  const closed = new Promise<void>((resolve) => {
    answers.set("/data.zarr/0", (_request, response) => {
      response.on("close", resolve);
      controller.abort();
    });
  });
  await expect(store().get("/0", controller)).rejects.toMatchObject({ tag: "aborted" });
  await closed;
});

describe("a chunk the server refuses counts as missing", () => {
  const open = () => {
    const zarray = { zarr_format: 2, shape: [4], chunks: [2], dtype: "|u1", compressor: null };
    const stored = JSON.stringify({ ...zarray, fill_value: 7, order: "C", filters: null });
    answers.set("/data.zarr/a/.zarray", status(200, "application/json", stored));
    answers.set("/data.zarr/a/0", status(200, "", "\u0001\u0002"));
    answers.set("/data.zarr/a/1", status(403));
    return openArray(store(), "a", 2);
  };

  test("to a reader of chunks, which counts it and asks once", async () => {
    const array = await open();
    const reader = new ChunkReader();
    asked.length = 0;
    for (const coords of [[0], [1], [1]]) await reader.read(array, coords);
    expect(reader.peek(array, [1])).toBe("missing");
    expect(reader.details).toEqual({ requests: 2, bytes: 2, denied: 1 });
    expect(asked).toEqual(["/data.zarr/a/0", "/data.zarr/a/1"]);
  });

  test("to who reads the whole array", async () => {
    expect((await readWhole(await open())).data).toEqual(Uint8Array.of(1, 2, 7, 7));
  });
});
