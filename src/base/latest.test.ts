/** What is made for what was asked last: never for what is past, and nothing once closed. */
import { expect, test } from "vitest";
import { Latest } from "./latest.ts";
import type { Steps } from "./steps.ts";

function* doubled(value: number): Steps<number> {
  yield;
  return 2 * value;
}

test("what was made stays until the next is there, and each is told once", async () => {
  const told: (number | undefined)[] = [];
  await new Promise<void>((resolve) => {
    const latest = new Latest(doubled, () => {
      told.push(latest.of(3));
      if (told.length === 2) resolve();
    });
    expect(latest.of(1)).toBeUndefined();
    expect(latest.of(2)).toBeUndefined();
  });
  // The first is done before the last is begun; those in between are left out.
  expect(told).toEqual([2, 6]);
});

test("nothing is made twice for the same, nor told once closed", async () => {
  let runs = 0;
  let tell = (): void => undefined;
  const latest = new Latest(
    function* (value: object): Steps<object> {
      runs++;
      yield;
      return value;
    },
    () => tell(),
  );
  const given = {};
  const first = new Promise<void>((resolve) => {
    tell = resolve;
  });
  latest.of(given);
  await first;
  expect(latest.of(given)).toBe(given);
  expect(runs).toBe(1);
  tell = () => expect.fail("told after it was closed");
  latest.of({});
  latest.close();
  latest.of({});
  await new Promise((resolve) => setImmediate(resolve));
  expect(latest.of(given)).toBe(given);
});
