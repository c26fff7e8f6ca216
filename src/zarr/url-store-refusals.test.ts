/** What the web store makes of answers that are no file: missing, refused, a web page, or given no longer. */
import { describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { type Answer, status, webFiles } from "../testing/web-files.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { openArray } from "./open-array.ts";
import { readWhole } from "./read-whole.ts";
import { UrlStore } from "./url-store.ts";

const web = webFiles();

describe("answers that are no file", () => {
  test.each([404, 410])("%i is missing", async (code) => {
    web.answers.set("/data.zarr/x", status(code));
    expect(await web.store().get("/x")).toBeUndefined();
    expect(await web.store().getRange("/x", { suffixLength: 1 })).toBeUndefined();
  });

  test.each([
    [401, "denied"],
    [403, "denied"],
    [416, "http"],
    [500, "http"],
    [503, "http"],
  ])("%i is a Fault “%s” that names the place, without the query", async (code, tag) => {
    web.answers.set("/data.zarr/x", status(code));
    const where = `${web.origin}/data.zarr/x`;
    const failed = web.store("/data.zarr?secret=1").get("/x");
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
    web.answers.set("/data.zarr/.zattrs", status(200, type, body));
    await expect(web.store().get("/.zattrs")).rejects.toMatchObject({ tag: "html" });
    web.answers.set("/data.zarr/0", status(206, type, body));
    await expect(web.store().getRange("/0", { suffixLength: 1 })).rejects.toMatchObject({
      tag: "html",
    });
  });

  test("a chunk under a wrong type is a chunk", async () => {
    web.answers.set("/data.zarr/0", status(200, "text/html", "\u0002\u0001!"));
    expect(await web.store().get("/0")).toEqual(Uint8Array.of(2, 1, 33));
  });

  test("no answer at all, and one that breaks off, are “offline”", async () => {
    const spec = { kind: "url", url: "http://127.0.0.1:1/data.zarr" } as const;
    const nobody = new UrlStore(spec, { pause: async () => {} });
    await expect(nobody.get("/0")).rejects.toMatchObject({
      tag: "offline",
      message: expect.stringContaining("no answer for http://127.0.0.1:1/data.zarr/0:"),
    });
    web.answers.set("/data.zarr/0", (_request, response) => response.destroy());
    await expect(web.store().get("/0")).rejects.toMatchObject({ tag: "offline" });
  });
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
    web.answers.set("/data.zarr/b/.zarray", whileIn(status(200, "application/json", SPARSE)));
    for (const chunk of ["0", "1"])
      web.answers.set(`/data.zarr/b/${chunk}`, whileIn(status(200, "", "")));
    for (const chunk of ["2", "3"]) web.answers.set(`/data.zarr/b/${chunk}`, refusal);
    const store = web.store("/data.zarr?sig=1", { hurry: () => hurry.signal });
    const array = await openArray(store, "b", 2);
    web.asked.length = 0;
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
  const asksOf = (name: string): number =>
    web.asked.filter((url) => url.includes(`/b/${name}`)).length;

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
        `The server no longer gives what it gave before of ${web.origin}/data.zarr: ` +
        "the link or the login may have run out",
    });
    // The same error, so that a page says it once.
    expect(new Set(told).size).toBe(1);
    expect(web.asked).toHaveLength(5);
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
    expect(web.asked).toHaveLength(4);
    expect(asksOf("2") + asksOf("3")).toBe(2);
  });

  test("what it gives then is not what the browser has kept of before", async () => {
    const { array, lose } = await open();
    const caches: unknown[] = [];
    const watched = web.store("/data.zarr", {
      fetch: (url, init) => {
        caches.push(init.cache);
        return fetch(url, init);
      },
    });
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
    web.answers.set("/data.zarr/a/.zarray", status(200, "application/json", stored));
    web.answers.set("/data.zarr/a/0", status(200, "", "\u0001\u0002"));
    web.answers.set("/data.zarr/a/1", refusal);
    return openArray(web.store(), "a", 2);
  };

  test("to a reader of chunks, which counts it and asks once", async () => {
    const array = await open();
    const reader = new ChunkReader();
    web.asked.length = 0;
    for (const coords of [[0], [1], [1]]) await reader.read(array, coords);
    expect(reader.peek(array, [1])).toBe("missing");
    expect(reader.details).toEqual({ requests: 2, bytes: 2, denied: 1 });
    // Once more for what was given before: whether it is that file alone that is refused.
    expect(web.asked).toEqual(["/data.zarr/a/0", "/data.zarr/a/1", "/data.zarr/a/0"]);
  });

  test("to who reads the whole array", async () => {
    expect((await readWhole(await open())).data).toEqual(Uint8Array.of(1, 2, 7, 7));
  });
});
