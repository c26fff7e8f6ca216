/** Faults: told apart by tag, and the same on both sides of a message. */
import { expect, test } from "vitest";
import { Fault, faultData, faultFromData, isAborted, isFault, sentence } from "./fault.ts";

test("a Fault crosses threads with its tag, sentence and place", () => {
  const fault = new Fault("quota", "There is no room left", { where: "/0", cause: new Error("x") });
  const arrived = faultFromData(structuredClone(faultData(fault)));
  expect([arrived.tag, arrived.message, arrived.where]).toEqual([
    "quota",
    "There is no room left",
    "/0",
  ]);
  expect(fault.cause).toBeInstanceOf(Error);
});

test("an error of the platform becomes a Fault that keeps its sentence, and whether it was a stop", () => {
  expect(faultData(new TypeError("no"))).toEqual({ tag: "invalid", message: "no" });
  expect(faultData(new DOMException("gone", "AbortError")).tag).toBe("aborted");
});

test("a stop is known as Fault and as AbortError, and nothing else is one", () => {
  expect(isAborted(new Fault("aborted", "Stopped"))).toBe(true);
  expect(isAborted(new DOMException("gone", "AbortError"))).toBe(true);
  expect(isAborted(new Fault("offline", "No answer"))).toBe(false);
});

test("isFault looks at the tag where one is given", () => {
  const fault = new Fault("http", "The server answered 500");
  expect([isFault(fault), isFault(fault, "http"), isFault(fault, "html")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isFault(new Error("x"))).toBe(false);
});

test("every error has a sentence", () => {
  expect([sentence(new Error("a")), sentence("b")]).toEqual(["a", "b"]);
});
