/** Answers that were asked for before the script: each is handed over once, to who asks for the whole of that file. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Listening, listening } from "../testing/listening.ts";
import { UrlStore } from "../zarr/url-store.ts";
import { earlyAnswers, fetchAfter } from "./early-answers.ts";

const asked: string[] = [];
let server: Listening;
let origin: string;

beforeAll(async () => {
  server = await listening(({ url, headers }, response) => {
    asked.push(`${url} ${headers.range ?? ""}`.trim());
    response.end("later");
  });
  origin = server.url;
});

beforeEach(() => {
  asked.length = 0;
});

afterAll(() => server.close());

const storeAfter = (answers: readonly (readonly [path: string, answer: Promise<Response>])[]) =>
  new UrlStore(
    { kind: "url", url: `${origin}/data.zarr?sig=1` },
    { fetch: fetchAfter(new Map(answers.map(([path, answer]) => [origin + path, answer]))) },
  );

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test("an early answer is taken once; the next time the server is asked", async () => {
  const store = storeAfter([["/data.zarr/.zattrs?sig=1", Promise.resolve(new Response("early"))]]);
  expect(text(await store.get("/.zattrs"))).toBe("early");
  expect(asked).toEqual([]);
  expect(text(await store.get("/.zattrs"))).toBe("later");
  expect(asked).toEqual(["/data.zarr/.zattrs?sig=1"]);
});

test("an early 404 is a missing file, and one that never came is asked for again", async () => {
  const lost = Promise.reject(new TypeError("Failed to fetch"));
  const store = storeAfter([
    ["/data.zarr/zarr.json?sig=1", Promise.resolve(new Response("", { status: 404 }))],
    ["/data.zarr/.zattrs?sig=1", lost],
  ]);
  expect(await store.get("/zarr.json")).toBeUndefined();
  expect(text(await store.get("/.zattrs"))).toBe("later");
});

test("other files, other queries and parts of a file are asked of the server", async () => {
  const store = storeAfter([
    ["/data.zarr/.zattrs", Promise.resolve(new Response("early"))],
    ["/data.zarr/0?sig=1", Promise.resolve(new Response("early"))],
  ]);
  expect(text(await store.get("/.zattrs"))).toBe("later");
  expect(text(await store.getRange("/0", { offset: 0, length: 5 }))).toBe("later");
  expect(asked).toEqual(["/data.zarr/.zattrs?sig=1", "/data.zarr/0?sig=1 bytes=0-4"]);
});

test("answers are taken over once, which ends the asking; a page that asked for nothing has none", () => {
  const page = globalThis as { earlyAnswers?: Map<string, Promise<Response>> };
  const answers = new Map([["a", Promise.resolve(new Response("early"))]]);
  page.earlyAnswers = answers;
  expect(earlyAnswers()).toBe(answers);
  expect(page.earlyAnswers).toBeUndefined();
  expect([...earlyAnswers()]).toEqual([]);
});
