/** Parts of files of servers that know them, know them by half, or not at all. */
import { describe, expect, test } from "vitest";
import { FIVE, rangeCases } from "../testing/range-cases.ts";
import { type Answer, FILE, ranged, rangesOf, webFiles } from "../testing/web-files.ts";
import python from "../testing/zarr-python.json" with { type: "json" };
import { ChunkReader } from "./chunk-reader.ts";
import { jsonBytes } from "./json-file.ts";
import { openArray } from "./open-array.ts";
import type { Patience } from "./url-store.ts";

const web = webFiles();

describe("another part of a file than was asked for", () => {
  const part =
    (from: number, to: number, header?: string): Answer =>
    (_request, response) =>
      response
        .writeHead(206, header === undefined ? {} : { "content-range": header })
        .end(FILE.subarray(from, to));

  test.each([
    ["longer", part(10, 14)],
    ["from elsewhere", part(20, 23, "bytes 20-22/100")],
  ])("%s, is a Fault that names the file", async (_name, answer) => {
    web.answers.set("/data.zarr/0", answer);
    await expect(web.store().getRange("/0", { offset: 10, length: 3 })).rejects.toMatchObject({
      tag: "invalid",
      where: `${web.origin}/data.zarr/0`,
    });
  });

  test("an end that is not the end is one too", async () => {
    web.answers.set("/data.zarr/0", part(0, 3, "bytes 0-2/100"));
    const end = web.store().getRange("/0", { suffixLength: 3 });
    await expect(end).rejects.toMatchObject({ tag: "invalid" });
  });

  test("what there is of a part, and of an end, is no fault", async () => {
    web.answers.set("/data.zarr/0", part(98, 100, "bytes 98-99/100"));
    expect(await web.store().getRange("/0", { offset: 98, length: 5 })).toHaveLength(2);
    web.answers.set("/data.zarr/0", part(0, 100, "bytes 0-99/100"));
    expect(await web.store().getRange("/0", { suffixLength: 500 })).toHaveLength(100);
  });
});

test.each(rangeCases)(
  "%s of a file, a part is what there is of it",
  async (_name, range, found) => {
    web.answers.set("/data.zarr/five", rangesOf(FIVE));
    expect(await web.store().getRange("/five", range)).toEqual(Uint8Array.from(found));
  },
);

test("a shard that ends before one of its chunks is told to be cut short", async () => {
  const { "/index-first/zarr.json": meta, "/index-first/c/0/0": shard } = python;
  const bytes = Uint8Array.from(atob(shard), (c) => c.charCodeAt(0));
  web.answers.set("/data.zarr/index-first/zarr.json", rangesOf(jsonBytes(meta)));
  // Its index takes 68 bytes, and two of its four chunks 8 more.
  web.answers.set("/data.zarr/index-first/c/0/0", rangesOf(bytes.subarray(0, 70)));
  const array = await openArray(web.store(), "index-first", 3);
  await expect(new ChunkReader().read(array, [1, 1])).rejects.toMatchObject({
    tag: "invalid",
    message: expect.stringContaining("is cut short"),
  });
});

describe("of a large file", () => {
  /** Begins to send all of it, whatever is asked; `hungUp` resolves when nobody wants the rest. */
  const endless = (length: number): { readonly answer: Answer; readonly hungUp: Promise<void> } => {
    let close = (): void => {};
    const hungUp = new Promise<void>((resolve) => {
      close = resolve;
    });
    const answer: Answer = (_request, response) =>
      response.on("close", close).writeHead(200, { "content-length": length }).write(FILE);
    return { answer, hungUp };
  };

  test.each([
    ["a part", { offset: 10, length: 3 }, 1],
    ["the end", { suffixLength: 3 }, 2],
  ])(
    "nothing is fetched where the server gives it whole, asked for %s",
    async (_, range, times) => {
      const { answer, hungUp } = endless(2 ** 30);
      web.answers.set("/data.zarr/large", answer);
      web.asked.length = 0;
      await expect(web.store().getRange("/large", range)).rejects.toMatchObject({
        tag: "unsupported",
        where: `${web.origin}/data.zarr/large`,
        message: expect.stringContaining("gives whole files only"),
      });
      await hungUp;
      expect(web.asked).toHaveLength(times);
    },
  );

  test("the end comes by where it begins, where the server knows only that", async () => {
    const length = 8 * 2 ** 20;
    const { answer, hungUp } = endless(length);
    web.answers.set("/data.zarr/large", (request, response) => {
      const part = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
      if (part === null) return answer(request, response);
      response.writeHead(206, { "content-range": `bytes ${part[1]}-${part[2]}/${length}` });
      response.end(FILE.subarray(0, 3));
    });
    web.ways.length = 0;
    const end = await web.store().getRange("/large", { suffixLength: 3 });
    expect(end).toEqual(FILE.subarray(0, 3));
    await hungUp;
    expect(web.ways).toEqual(["GET bytes=-3", `GET bytes=${length - 3}-${length - 1}`]);
  });
});

describe("a browser that may ask for less than the server knows", () => {
  /** Keeps from the server what the pattern finds in what is asked for, as a browser does what its owner did not allow (CORS). */
  const without = (pattern: RegExp, kept: string[] = []): Patience => ({
    fetch: async (url, init) => {
      const range = init.headers["Range"] ?? "";
      if (!pattern.test(range)) return fetch(url, init);
      kept.push(range);
      throw new TypeError("Failed to fetch");
    },
  });
  const gets = (): readonly string[] => web.ways.filter((way) => way.startsWith("GET"));

  test("finds the end of a file by its length, and of the next one at once", async () => {
    for (const name of ["0", "1"]) web.answers.set(`/data.zarr/${name}`, ranged);
    const kept: string[] = [];
    const store = web.store("/data.zarr", without(/=-/, kept));
    await store.get("/0");
    web.ways.length = 0;
    for (const key of ["/0", "/1"] as const)
      expect(await store.getRange(key, { suffixLength: 2 })).toEqual(Uint8Array.of(98, 99));
    expect(gets()).toEqual(["GET", "GET bytes=98-99", "GET", "GET bytes=98-99"]);
    expect(kept).toEqual(["bytes=-2"]);
    // Whether the server is there at all was asked once.
    expect(web.ways).toHaveLength(5);
    expect(await store.getRange("/none", { suffixLength: 2 })).toBeUndefined();
  });

  test("says that parts of files are not to be read, and not that the connection broke off", async () => {
    web.answers.set("/data.zarr/0", ranged);
    const store = web.store("/data.zarr", without(/./));
    await store.get("/0");
    for (const range of [{ suffixLength: 2 }, { offset: 0, length: 2 }])
      await expect(store.getRange("/0", range)).rejects.toMatchObject({
        tag: "cors",
        message: expect.stringContaining("Range"),
      });
  });

  test("is not what broke off once, where an end came before", async () => {
    web.answers.set("/data.zarr/0", ranged);
    let isBroken = false;
    const store = web.store("/data.zarr", {
      fetch: async (url, init) => {
        if (isBroken) {
          isBroken = false;
          throw new TypeError("Failed to fetch");
        }
        return fetch(url, init);
      },
    });
    const end = { suffixLength: 2 };
    await store.getRange("/0", end);
    isBroken = true;
    web.ways.length = 0;
    expect(await store.getRange("/0", end)).toEqual(Uint8Array.of(98, 99));
    expect(gets()).toEqual(["GET bytes=-2"]);
  });
});
