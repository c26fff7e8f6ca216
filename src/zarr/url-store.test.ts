/** The web store against a real server that behaves well, badly, and not at all. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { type Listening, listening } from "../testing/listening.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { openArray } from "./open-array.ts";
import { readWhole } from "./read-whole.ts";
import { UrlStore } from "./url-store.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
/** By path as the server sees it. */
const answers = new Map<string, Answer>();
const asked: string[] = [];
let server: Listening;
let origin: string;

beforeAll(async () => {
  server = await listening((request, response) => {
    asked.push(request.url ?? "");
    const answer = answers.get(new URL(request.url ?? "", origin).pathname);
    if (answer) answer(request, response);
    else response.writeHead(404).end("nothing here");
  });
  origin = server.url;
});

afterAll(() => server.close());

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

/** Waits for nothing between two tries. */
const store = (path = "/data.zarr") =>
  new UrlStore({ kind: "url", url: origin + path }, { pause: async () => {} });

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

  test("one with a % that means nothing is asked, and named as it is", async () => {
    answers.set("/100%.zarr/0", status(403));
    await expect(store("/100%.zarr").get("/0")).rejects.toMatchObject({
      tag: "denied",
      message: expect.stringContaining(`${origin}/100%.zarr/0`),
    });
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
    const spec = { kind: "url", url: "http://127.0.0.1:1/data.zarr" } as const;
    const nobody = new UrlStore(spec, { pause: async () => {} });
    await expect(nobody.get("/0")).rejects.toMatchObject({
      tag: "offline",
      message: expect.stringContaining("no answer for http://127.0.0.1:1/data.zarr/0:"),
    });
    answers.set("/data.zarr/0", (_request, response) => response.destroy());
    await expect(store().get("/0")).rejects.toMatchObject({ tag: "offline" });
  });
});

describe("what may pass", () => {
  /** Answers as said, one after the other, then as a server that knows ranges. */
  const failing = (...failures: readonly Answer[]): void => {
    const left = [...failures];
    answers.set("/data.zarr/0", (request, response) => {
      // A connection that broke is looked into with a request of its own.
      const answer = request.method === "HEAD" ? ranged : (left.shift() ?? ranged);
      answer(request, response);
    });
  };

  test("is asked again until it is answered, as often as the server says", async () => {
    failing(
      status(503),
      (_request, response) => response.destroy(),
      (_request, response) => response.writeHead(429, { "retry-after": "2" }).end(),
    );
    const pauses: number[] = [];
    const patient = new UrlStore(
      { kind: "url", url: `${origin}/data.zarr` },
      { pause: async (ms) => void pauses.push(ms) },
    );
    asked.length = 0;
    expect(await patient.get("/0")).toEqual(bytes);
    expect(asked).toHaveLength(5);
    expect(pauses).toHaveLength(3);
    expect(pauses[2]).toBeGreaterThanOrEqual(2000);
  });

  test("what keeps one waiting is asked again when there is hurry, and who waits gets that answer", async () => {
    let hurry = new AbortController();
    failing(() => {
      const before = hurry;
      hurry = new AbortController();
      before.abort();
    });
    const store = new UrlStore(
      { kind: "url", url: `${origin}/data.zarr` },
      { pause: async () => {}, hurry: () => hurry.signal },
    );
    asked.length = 0;
    expect(await store.get("/0")).toEqual(bytes);
    expect(asked).toHaveLength(2);
  });

  test("an answer that always breaks off is told with the file's name", async () => {
    const cut: Answer = ({ method }, response) => {
      if (method === "HEAD") response.end();
      else
        response
          .writeHead(200, { "content-length": 100 })
          .write(bytes.subarray(50), () => response.destroy());
    };
    answers.set("/data.zarr/0", cut);
    await expect(store().get("/0")).rejects.toMatchObject({
      tag: "offline",
      message: `The connection broke off before all of ${origin}/data.zarr/0 was there`,
    });
  });

  test("is asked four times at most; what will not pass, once", async () => {
    for (const [code, times] of [
      [500, 4],
      [400, 1],
      [403, 1],
    ] as const) {
      answers.set("/data.zarr/0", status(code));
      asked.length = 0;
      await expect(store().get("/0")).rejects.toBeInstanceOf(Fault);
      expect(asked).toHaveLength(times);
    }
  });
});

describe("another part of a file than was asked for", () => {
  const part =
    (from: number, to: number, header?: string): Answer =>
    (_request, response) =>
      response
        .writeHead(206, header === undefined ? {} : { "content-range": header })
        .end(bytes.subarray(from, to));

  test.each([
    ["longer", part(10, 14)],
    ["from elsewhere", part(20, 23, "bytes 20-22/100")],
  ])("%s, is a Fault that names the file", async (_name, answer) => {
    answers.set("/data.zarr/0", answer);
    await expect(store().getRange("/0", { offset: 10, length: 3 })).rejects.toMatchObject({
      tag: "invalid",
      where: `${origin}/data.zarr/0`,
    });
  });

  test("an end that is not the end is one too", async () => {
    answers.set("/data.zarr/0", part(0, 3, "bytes 0-2/100"));
    const end = store().getRange("/0", { suffixLength: 3 });
    await expect(end).rejects.toMatchObject({ tag: "invalid" });
  });

  test("what there is of a part, and of an end, is no fault", async () => {
    answers.set("/data.zarr/0", part(98, 100, "bytes 98-99/100"));
    expect(await store().getRange("/0", { offset: 98, length: 5 })).toHaveLength(2);
    answers.set("/data.zarr/0", part(0, 100, "bytes 0-99/100"));
    expect(await store().getRange("/0", { suffixLength: 500 })).toHaveLength(100);
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

const refusals = [
  ["refuses", status(403)],
  ["answers with a web page", status(200, "text/html", "<!doctype html><p>Hello")],
] satisfies [string, Answer][];

/** Two chunks of four are stored. */
const SPARSE = JSON.stringify({
  ...{ zarr_format: 2, shape: [8], chunks: [2], dtype: "|u1", compressor: null },
  ...{ fill_value: 7, order: "C", filters: null },
});

describe.each(refusals)("a server that %s once access has run out", (_, refusal) => {
  const open = async () => {
    let hasAccess = true;
    let hurry = new AbortController();
    const whileIn =
      (answer: Answer): Answer =>
      (...args) =>
        (hasAccess ? answer : refusal)(...args);
    answers.set("/data.zarr/b/.zarray", whileIn(status(200, "application/json", SPARSE)));
    for (const chunk of ["0", "1"])
      answers.set(`/data.zarr/b/${chunk}`, whileIn(status(200, "", "")));
    for (const chunk of ["2", "3"]) answers.set(`/data.zarr/b/${chunk}`, refusal);
    const store = new UrlStore(
      { kind: "url", url: `${origin}/data.zarr?sig=1` },
      { pause: async () => {}, hurry: () => hurry.signal },
    );
    const array = await openArray(store, "b", 2);
    asked.length = 0;
    return {
      array,
      lose: () => {
        hasAccess = false;
      },
      /** As one click asks again. */
      regain: () => {
        hasAccess = true;
        hurry.abort();
        hurry = new AbortController();
      },
    };
  };
  const asksOf = (name: string): number => asked.filter((url) => url.includes(`/b/${name}`)).length;

  test("is told of, once for all that is refused, and is asked anew for what it then gives", async () => {
    const { array, lose, regain } = await open();
    const reader = new ChunkReader();
    await reader.read(array, [0]);
    lose();
    const outcomes = await Promise.allSettled([[1], [2], [3]].map((at) => reader.read(array, at)));
    const told = outcomes.map((one) => one.status === "rejected" && one.reason);
    expect(told[0]).toMatchObject({
      tag: "denied",
      message:
        `The server no longer gives what it gave before of ${origin}/data.zarr: ` +
        "the link or the login may have run out",
    });
    // The same error, so that a page says it once.
    expect(new Set(told).size).toBe(1);
    expect(asked).toHaveLength(5);
    expect(reader.details.denied).toBe(0);
    regain();
    const found = await Promise.all([[1], [2], [3]].map((at) => reader.read(array, at)));
    expect(found.map((chunk) => chunk && [...chunk.data])).toEqual([[1, 2], undefined, undefined]);
  });

  test("and while it still has, what is refused is missing, and one request more tells", async () => {
    const { array } = await open();
    const reader = new ChunkReader();
    const found = await Promise.all([[0], [2], [3]].map((at) => reader.read(array, at)));
    expect(found.map((chunk) => chunk && [...chunk.data])).toEqual([[1, 2], undefined, undefined]);
    expect(reader.details.denied).toBe(2);
    expect(asked).toHaveLength(4);
    expect(asksOf("2") + asksOf("3")).toBe(2);
  });

  test("what it gives then is not what the browser has kept of before", async () => {
    const { array, lose } = await open();
    const caches: unknown[] = [];
    const watched = new UrlStore(
      { kind: "url", url: `${origin}/data.zarr` },
      {
        pause: async () => {},
        fetch: (url, init) => {
          caches.push(init.cache);
          return fetch(url, init);
        },
      },
    );
    await watched.get("/b/0");
    lose();
    const reader = new ChunkReader();
    await expect(reader.read({ ...array, store: watched }, [1])).rejects.toBeInstanceOf(Fault);
    expect(caches).toEqual([undefined, undefined, "no-store"]);
  });
});

describe.each(refusals)("a chunk the server %s counts as missing", (_, refusal) => {
  const open = () => {
    const zarray = { zarr_format: 2, shape: [4], chunks: [2], dtype: "|u1", compressor: null };
    const stored = JSON.stringify({ ...zarray, fill_value: 7, order: "C", filters: null });
    answers.set("/data.zarr/a/.zarray", status(200, "application/json", stored));
    answers.set("/data.zarr/a/0", status(200, "", "\u0001\u0002"));
    answers.set("/data.zarr/a/1", refusal);
    return openArray(store(), "a", 2);
  };

  test("to a reader of chunks, which counts it and asks once", async () => {
    const array = await open();
    const reader = new ChunkReader();
    asked.length = 0;
    for (const coords of [[0], [1], [1]]) await reader.read(array, coords);
    expect(reader.peek(array, [1])).toBe("missing");
    expect(reader.details).toEqual({ requests: 2, bytes: 2, denied: 1 });
    // Once more for what was given before: whether it is that file alone that is refused.
    expect(asked).toEqual(["/data.zarr/a/0", "/data.zarr/a/1", "/data.zarr/a/0"]);
  });

  test("to who reads the whole array", async () => {
    expect((await readWhole(await open())).data).toEqual(Uint8Array.of(1, 2, 7, 7));
  });
});
