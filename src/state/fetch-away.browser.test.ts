/** Fetching on a real worker, from the server of these tests. */
import { expect, test } from "vitest";
import { fetchAway } from "./fetch-away.ts";

const fetch = fetchAway();
const asking = { headers: {}, signal: null };
const here = (path: string): URL => new URL(path, location.href);

test("an answer is what the page's own fetch is given", async () => {
  const url = here("/fovea.png");
  const own = await globalThis.fetch(url);
  const answer = await fetch(url, asking);
  expect([answer.ok, answer.status, answer.statusText]).toEqual([true, 200, own.statusText]);
  expect(answer.headers.get("content-type")).toBe(own.headers.get("content-type"));
  expect(await answer.arrayBuffer()).toEqual(await own.arrayBuffer());
});

test("headers are sent, and many are asked for at once", async () => {
  const ranged = { headers: { Range: "bytes=0-3" }, signal: null };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => fetch(here("/fovea.png"), ranged)),
  );
  for (const answer of answers) {
    expect(answer.status).toBe(206);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
    );
  }
});

test("where there is no answer it rejects as fetch does", async () => {
  await expect(fetch(new URL("http://127.0.0.1:9/"), asking)).rejects.toThrow(TypeError);
});

test("what is given up rejects", async () => {
  const stop = new AbortController();
  const answer = fetch(here("/fovea.png"), { headers: {}, signal: stop.signal });
  stop.abort();
  await expect(answer).rejects.toMatchObject({ tag: "aborted" });
});

test("a worker that broke down before anything was asked of it is replaced", async () => {
  const broken = new Worker("/nowhere.js", { type: "module" });
  const other = fetchAway(broken);
  const failed = new Promise((resolve) => broken.addEventListener("error", resolve));
  await failed;
  expect((await other(here("/fovea.png"), asking)).ok).toBe(true);
});
