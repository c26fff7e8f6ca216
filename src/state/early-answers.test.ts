/** What is asked for before the page's script: once each, handed over once to who asks for the whole of that file. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Listening, listening } from "../testing/listening.ts";
import { UrlStore } from "../zarr/url-store.ts";
import { type Early, EarlyAnswers, fetchAfter, takeEarly } from "./early-answers.ts";

const IMAGE = JSON.stringify({ multiscales: [{ datasets: [{ path: "0" }] }] });

const asked: string[] = [];
/** Answers that are held back, by path: whether their first half is sent. */
const stalls = new Map<string, boolean>();
const stalled = new Set<unknown>();
let server: Listening;
let url: string;

beforeAll(async () => {
  server = await listening((request, response) => {
    const path = request.url?.slice("/data.zarr".length) ?? "";
    const times = asked.filter((one) => one === path).length;
    asked.push(`${path} ${request.headers.range ?? ""}`.trim());
    const half = stalls.get(path);
    if (half !== undefined && times === 0) {
      stalled.add(response);
      response.on("close", () => stalled.delete(response));
      if (half) response.write("{");
    } else if (path === "/.zattrs") response.end(IMAGE);
    else response.writeHead(404).end();
  });
  url = `${server.url}/data.zarr`;
});

beforeEach(() => {
  asked.length = 0;
  stalls.clear();
});

afterAll(() => server.close());

const EARLY = [".zattrs", ".zgroup", "0/.zarray", "labels/.zattrs", "zarr.json"].map(
  (file) => `/${file}`,
);
const begun = (source = url): EarlyAnswers =>
  new EarlyAnswers({ source, image: undefined, isInside: false });
const storeAfter = (answers: EarlyAnswers | undefined): UrlStore =>
  new UrlStore({ kind: "url", url }, { fetch: fetchAfter(answers, fetch), pause: async () => {} });
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test("an early answer is taken once, a 404 for a missing file; the next time the server is asked", async () => {
  const answers = begun();
  await expect.poll(() => asked.toSorted()).toEqual(EARLY);
  const store = storeAfter(answers);
  expect(text(await store.get("/.zattrs"))).toBe(IMAGE);
  expect(await store.get("/zarr.json")).toBeUndefined();
  expect(asked).toHaveLength(EARLY.length);
  expect(text(await store.get("/.zattrs"))).toBe(IMAGE);
  expect(asked.slice(EARLY.length)).toEqual(["/.zattrs"]);
});

test("other files, and parts of a file, are asked of the server", async () => {
  const answers = begun();
  await expect.poll(() => asked.toSorted()).toEqual(EARLY);
  const store = storeAfter(answers);
  await store.get("/1/.zarray");
  await store.getRange("/.zattrs", { offset: 0, length: 5 });
  expect(asked.slice(EARLY.length)).toEqual(["/1/.zarray", "/.zattrs bytes=0-4"]);
});

test("the query of an address goes with what is asked early, and tells it apart", async () => {
  const answers = begun(`${url}?sig=1`);
  await expect.poll(() => asked).toContain("/.zattrs?sig=1");
  await storeAfter(answers).get("/.zattrs");
  expect(asked).toContain("/.zattrs");
});

test.each([false, true])(
  "an early answer that stalls, midway %s, is stopped on request",
  async (half) => {
    stalls.set("/.zattrs", half);
    const answers = begun();
    const stop = new AbortController();
    await expect.poll(() => stalled.size).toBe(1);
    const left = storeAfter(answers).get("/.zattrs", stop);
    stop.abort();
    await expect(left).rejects.toMatchObject({ tag: "aborted" });
    await expect.poll(() => stalled.size).toBe(0);
    expect(text(await storeAfter(answers).get("/.zattrs"))).toBe(IMAGE);
  },
);

test("an early answer that never comes whole is asked for anew in a hurry", async () => {
  stalls.set("/.zattrs", true);
  const answers = begun();
  await expect.poll(() => stalled.size).toBe(1);
  const [hurry, calm] = [new AbortController(), new AbortController()];
  const hurries = [hurry.signal, calm.signal].values();
  const store = new UrlStore(
    { kind: "url", url },
    {
      fetch: fetchAfter(answers, fetch),
      hurry: () => hurries.next().value ?? calm.signal,
      pause: async () => {},
    },
  );
  const late = store.get("/.zattrs");
  hurry.abort();
  expect(text(await late)).toBe(IMAGE);
});

test("what was begun is taken over once, and asks for nothing more", async () => {
  const page = globalThis as { early?: Early };
  stalls.set("/.zattrs", false);
  const early: Early = { answers: begun(), workers: {} };
  page.early = early;
  expect(takeEarly()).toBe(early);
  expect(takeEarly()).toBeUndefined();
  await expect.poll(() => asked.toSorted()).toEqual(["/.zattrs", "/.zgroup", "/zarr.json"]);
  for (const response of stalled) (response as { end(text: string): void }).end(IMAGE);
  expect(text(await storeAfter(early.answers).get("/.zattrs"))).toBe(IMAGE);
  expect(asked).toHaveLength(3);
});
