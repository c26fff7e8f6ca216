/** Waiting that ends with the signal. */
import { expect, test } from "vitest";
import { orStopped, throwIfStopped } from "./abort.ts";

test("the work's outcome, where the signal does not fire first", async () => {
  const { signal } = new AbortController();
  expect(await orStopped(Promise.resolve(1), signal)).toBe(1);
  expect(await orStopped(Promise.resolve(2), undefined)).toBe(2);
  await expect(orStopped(Promise.reject(new Error("no")), signal)).rejects.toThrow("no");
});

test("a signal that fires ends the waiting, before it began too", async () => {
  const controller = new AbortController();
  const waiting = orStopped(new Promise(() => {}), controller.signal);
  controller.abort("enough");
  await expect(waiting).rejects.toMatchObject({ tag: "aborted", cause: "enough" });
  await expect(orStopped(Promise.resolve(1), controller.signal)).rejects.toMatchObject({
    tag: "aborted",
  });
  expect(() => throwIfStopped(controller.signal)).toThrow(
    expect.objectContaining({ tag: "aborted" }),
  );
  expect(() => throwIfStopped(undefined)).not.toThrow();
});
