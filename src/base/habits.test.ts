/** Habits come back as they were; storage that is blocked or holds nonsense costs only them. */
import { expect, test } from "vitest";
import { habitsOn, type Shelf } from "./habits.ts";

test("what was written is read under its name, by the next visit too", () => {
  const kept = new Map<string, string>();
  const shelf: Shelf = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
  habitsOn(() => shelf).write("panes", { side: [true, 2] });
  expect(habitsOn(() => shelf).read("panes")).toEqual({ side: [true, 2] });
  expect(habitsOn(() => shelf).read("others")).toBeUndefined();
  kept.set("fovea.panes", "{");
  expect(habitsOn(() => shelf).read("panes")).toBeUndefined();
});

test("a storage that throws, when asked for or when used, is none", () => {
  const blocked = (): never => {
    throw new Error("blocked");
  };
  for (const shelf of [blocked, () => ({ getItem: blocked, setItem: blocked })]) {
    const habits = habitsOn(shelf);
    habits.write("panes", true);
    expect(habits.read("panes")).toBeUndefined();
  }
});
