/** Which parts are asked for together, that each gets its own bytes, and that leaving stops only what nobody wants. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { Limiter } from "../base/limiter.ts";
import { type Part, RangeReads } from "./range-reads.ts";
import { urgencyOf } from "./urgency.ts";

const FILE = Uint8Array.from({ length: 1000 }, (_, i) => i);
const sliceOf = ({ offset, length }: Part) => FILE.slice(offset, offset + length);

/** Reads of one file, one request at a time unless said otherwise, each answered by calling `answer`. */
function setUp(slots = 1) {
  const reads = new RangeReads(new Limiter(slots));
  const asked: {
    readonly part: Part;
    readonly signal: AbortSignal;
    readonly answer: () => void;
  }[] = [];
  const read = (offset: number, length: number, signal?: AbortSignal, urgency = 0) =>
    reads.read(
      "/shard",
      { offset, length },
      (part, options) =>
        new Promise((resolve) => {
          const signal = options.signal ?? new AbortController().signal;
          asked.push({ part, signal, answer: () => resolve(sliceOf(part)) });
        }),
      { urgency: () => urgency, ...(signal ? { signal } : {}) },
    );
  return { asked, read };
}

const numbers = async (bytes: Promise<Uint8Array | undefined>) => [...((await bytes) ?? [])];

test("what waits beside each other is one request; each gets its own bytes in a buffer of its own", async () => {
  const { asked, read } = setUp();
  const first = read(0, 2);
  await expect.poll(() => asked.length).toBe(1);
  const waiting = [read(10, 2), read(14, 3), read(8, 2)];
  asked[0]?.answer();
  expect(await numbers(first)).toEqual([0, 1]);
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.answer();
  expect(await Promise.all(waiting.map(numbers))).toEqual([
    [10, 11],
    [14, 15, 16],
    [8, 9],
  ]);
  expect((await waiting[0])?.buffer.byteLength).toBe(2);
  expect(asked.map(({ part }) => part)).toEqual([
    { offset: 0, length: 2 },
    { offset: 8, length: 9 },
  ]);
});

test("with room for all, what is asked for at once is one request while it is small, the most urgent first", async () => {
  const { asked, read } = setUp(48);
  const prefetch = urgencyOf("prefetch", 0);
  const all = [
    read(900, 50, undefined, prefetch),
    read(2 ** 20, 100 * 2 ** 10),
    read(2 ** 20 + 100 * 2 ** 10, 100 * 2 ** 10),
    ...Array.from({ length: 80 }, (_, i) => read(10 * i, 10)),
  ];
  await expect.poll(() => asked.length).toBe(4);
  for (const { answer } of asked) answer();
  await Promise.all(all);
  expect(asked.map(({ part }) => part)).toEqual([
    { offset: 2 ** 20, length: 100 * 2 ** 10 },
    { offset: 2 ** 20 + 100 * 2 ** 10, length: 100 * 2 ** 10 },
    { offset: 0, length: 800 },
    { offset: 900, length: 50 },
  ]);
});

test("what is less urgent, or too far off, is asked for apart", async () => {
  const { asked, read } = setUp();
  const all = [read(0, 1)];
  await expect.poll(() => asked.length).toBe(1);
  all.push(
    read(2, 1, undefined, urgencyOf("prefetch", 0)),
    read(1, 1, undefined, urgencyOf("visible", 9)),
    read(2 ** 20, 1),
  );
  for (let i = 0; i < 4; i++) {
    await expect.poll(() => asked.length).toBe(i + 1);
    asked[i]?.answer();
  }
  await Promise.all(all);
  expect(asked.map(({ part }) => part.offset)).toEqual([0, 2 ** 20, 1, 2]);
});

test("a request goes on while anyone waits for a part of it, and stops with the last", async () => {
  const { asked, read } = setUp();
  const [one, other] = [new AbortController(), new AbortController()];
  const before = read(500, 1);
  await expect.poll(() => asked.length).toBe(1);
  const both = [read(0, 1, one.signal), read(1, 1, other.signal)];
  const gone = read(2, 1, AbortSignal.abort());
  await expect(gone).rejects.toMatchObject({ tag: "aborted" });
  asked[0]?.answer();
  await before;
  await expect.poll(() => asked.length).toBe(2);
  one.abort();
  await expect(both[0]).rejects.toMatchObject({ tag: "aborted" });
  expect(asked[1]?.signal.aborted).toBe(false);
  other.abort();
  await expect(both[1]).rejects.toMatchObject({ tag: "aborted" });
  expect(asked[1]?.signal.aborted).toBe(true);
  const next = read(7, 1);
  await expect.poll(() => asked.length).toBe(3);
  asked[2]?.answer();
  expect(await numbers(next)).toEqual([7]);
  expect(asked[1]?.part).toEqual({ offset: 0, length: 2 });
});

test("who leaves just as its turn comes keeps no place, and nothing goes on for it", async () => {
  const { asked, read } = setUp();
  const leaving = new AbortController();
  const left = read(0, 1, leaving.signal);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ tag: "aborted" });
  const next = read(2, 1);
  await expect.poll(() => asked.filter(({ signal }) => !signal.aborted)).toHaveLength(1);
  asked.at(-1)?.answer();
  expect(await numbers(next)).toEqual([2]);
});

test("whatever is asked for in whatever order, each gets its own bytes, and none is asked for twice", async () => {
  const part = fc.record({ offset: fc.nat(900), length: fc.integer({ min: 1, max: 90 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      async (parts, slots) => {
        const reads = new RangeReads(new Limiter(slots));
        let requests = 0;
        const found = await Promise.all(
          parts.map((one) =>
            reads.read("/shard", one, async (whole) => {
              requests++;
              return sliceOf(whole);
            }),
          ),
        );
        expect(found).toEqual(parts.map(sliceOf));
        expect(requests).toBeLessThanOrEqual(Math.min(parts.length, slots + 1));
      },
    ),
  );
});
