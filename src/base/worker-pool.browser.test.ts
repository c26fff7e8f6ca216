/** The pool with real workers. */
import { afterEach, expect, test } from "vitest";
import type { Job } from "../testing/job.worker.ts";
import { WorkerPool } from "./worker-pool.ts";

let spawned = 0;
let pool: WorkerPool<Job, unknown>;

function poolOf(size: number): WorkerPool<Job, unknown> {
  spawned = 0;
  pool = new WorkerPool(() => {
    spawned++;
    return new Worker(new URL("../testing/job.worker.ts", import.meta.url), { type: "module" });
  }, size);
  return pool;
}

/** What a waiting job says of itself, in order. */
function news(): { channel: string; next: () => Promise<unknown> } {
  const channel = crypto.randomUUID();
  const messages = new BroadcastChannel(channel);
  const next = () =>
    new Promise((resolve) => {
      messages.onmessage = ({ data }) => resolve(data);
    });
  return { channel, next };
}

afterEach(() => pool.close());

test("an answer arrives; buffers are given away in both directions", async () => {
  const values = Uint8Array.of(1, 2, 3);
  const answer = poolOf(1).run({ kind: "double", values }, { transfer: [values.buffer] });
  expect(await answer).toEqual(Uint8Array.of(2, 4, 6));
  expect(values.length).toBe(0);
});

test("workers are started when needed, up to the size, and used again", async () => {
  const run = () => pool.run({ kind: "who" });
  poolOf(2);
  expect(spawned).toBe(0);
  const first = await run();
  expect(await run()).toBe(first);
  expect(spawned).toBe(1);
  const all = new Set(await Promise.all([run(), run(), run(), run(), run()]));
  expect(spawned).toBe(2);
  expect(all.size).toBe(2);
});

test("of idle workers, the one is taken whose last job was near", async () => {
  poolOf(3);
  const who = (near: string) => pool.run({ kind: "who" }, { near });
  const [a, b, c] = await Promise.all([who("a"), who("b"), who("c")]);
  expect(new Set([a, b, c]).size).toBe(3);
  expect([await who("c"), await who("a"), await who("c"), await who("b")]).toEqual([c, a, c, b]);
  // A job that is about nothing, encoding for one, makes nobody forget.
  for (let i = 0; i < 3; i++) await pool.run({ kind: "who" });
  expect([await who("a"), await who("b"), await who("c")]).toEqual([a, b, c]);
});

test("what a job throws arrives as a Fault, and its worker goes on", async () => {
  const failed = poolOf(1).run({ kind: "fail" });
  await expect(failed).rejects.toMatchObject({
    tag: "quota",
    message: "There is no room left",
    where: "/0",
  });
  await pool.run({ kind: "who" });
  expect(spawned).toBe(1);
});

test("a crash fails its own job alone, and a new worker takes the next", async () => {
  poolOf(1);
  const jobs = [pool.run({ kind: "who" }), pool.run({ kind: "crash" }), pool.run({ kind: "who" })];
  const [before, crashed, after] = await Promise.allSettled(jobs);
  expect(crashed).toMatchObject({ status: "rejected", reason: { tag: "crashed" } });
  expect([before?.status, after?.status]).toEqual(["fulfilled", "fulfilled"]);
  expect(spawned).toBe(2);
});

test("a worker that cannot be started fails its job", async () => {
  pool = new WorkerPool(() => new Worker("/nowhere.js", { type: "module" }), 1);
  await expect(pool.run({ kind: "who" })).rejects.toMatchObject({ tag: "crashed" });
});

test("a request that cannot be sent fails, and its worker goes on", async () => {
  poolOf(1);
  const bad = { kind: "who", extra: () => {} } as Job;
  await expect(pool.run(bad)).rejects.toThrow();
  await pool.run({ kind: "who" });
  expect(spawned).toBe(1);
});

test("a stopped job rejects, its worker is told and takes the next one", async () => {
  poolOf(1);
  const { channel, next } = news();
  const stopping = new AbortController();
  const { signal } = stopping;
  const started = next();
  const stopped = pool.run({ kind: "wait", channel }, { signal });
  const waiting = pool.run({ kind: "who" }, { signal });
  const last = pool.run({ kind: "who" });
  expect(await started).toBe("started");
  const told = next();
  stopping.abort();
  const ended = await Promise.allSettled([stopped, waiting]);
  for (const job of ended) expect(job).toMatchObject({ reason: { tag: "aborted" } });
  expect(await told).toBe("aborted");
  expect(await last).toBeTypeOf("string");
  expect(spawned).toBe(1);
});

test("closing rejects jobs that run, that wait and that come later", async () => {
  poolOf(1);
  const { channel, next } = news();
  const started = next();
  const jobs = [pool.run({ kind: "wait", channel }), pool.run({ kind: "who" })];
  const ended = Promise.allSettled(jobs);
  await started;
  pool.close();
  for (const job of await ended) expect(job).toMatchObject({ reason: { tag: "aborted" } });
  await expect(pool.run({ kind: "who" })).rejects.toMatchObject({ tag: "aborted" });
  expect(spawned).toBe(1);
});
