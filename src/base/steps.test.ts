/** Long work in slices: all else has its turn between them, and may end it. */
import { expect, it } from "vitest";
import { inSlices, type Steps } from "./steps.ts";

function* endless(): Steps<never> {
  for (;;) yield;
}

function* counting(count: number): Steps<number> {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    sum += i;
    yield;
  }
  return sum;
}

it("gives what the work gives", async () => {
  expect(await inSlices(counting(100_000))).toBe(4_999_950_000);
});

it("lets a timer come, which may stop it", async () => {
  const stopping = new AbortController();
  setTimeout(() => stopping.abort());
  await expect(inSlices(endless(), stopping)).rejects.toMatchObject({ tag: "aborted" });
});

it("says what the work throws", async () => {
  const wrong = new Error("wrong");
  // biome-ignore lint/correctness/useYield: what throws before its first pause
  function* failing(): Steps<never> {
    throw wrong;
  }
  await expect(inSlices(failing())).rejects.toBe(wrong);
});
