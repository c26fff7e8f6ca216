/** The registry as a whole: every key means one thing, and what the user binds means it instead. */
import { describe, expect, test } from "vitest";
import { clash, meantBy, unbindable } from "../../editor/shortcuts.ts";
import { habitsInMemory } from "../../testing/services.ts";
import { createBindings, keysFor } from "./bindings.ts";
import { type Bound, boundTo, COMMANDS, commandOf } from "./registry.ts";

const bound = COMMANDS.map((command) => boundTo({}, command));

test("every command has a name of its own, a title and something to do", () => {
  expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  expect(new Set(COMMANDS.map(({ title }) => title)).size).toBe(COMMANDS.length);
  const idle = COMMANDS.filter(({ title, run }) => title === "" || typeof run !== "function");
  expect(idle).toEqual([]);
});

test("no two commands share a key in one situation", () => {
  const clashes = bound.flatMap((a, i) =>
    bound.slice(i + 1).flatMap((b) => {
      const key = clash(a, b);
      return key === undefined ? [] : [`${key}: ${a.id}, ${b.id}`];
    }),
  );
  expect(clashes).toEqual([]);
});

test("a command that only keys reach has one, and none has a key that cannot be bound", () => {
  expect(bound.filter(({ byKeyOnly, keys }) => byKeyOnly && keys.length === 0)).toEqual([]);
  const refused = ({ keys, when }: Bound) => keys.filter((key) => unbindable(key, when));
  expect(bound.flatMap(refused)).toEqual([]);
});

test("no bare letter or digit destroys anything", () => {
  expect(commandOf("delete").keys?.filter((key) => /^.$/.test(key))).toEqual([]);
});

describe("the user's own keys", () => {
  const heard = (bindings: ReturnType<typeof createBindings>, key: string) =>
    meantBy(
      COMMANDS.map((command) => boundTo(bindings.getState().own, command)),
      { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
      { typing: false, selected: 1 },
    )?.id;

  test("take the place of those a command comes with, and are kept from visit to visit", () => {
    const kept = habitsInMemory();
    const bindings = createBindings(kept);
    bindings.setState({ own: { "next-roi": ["J"] } });
    expect([heard(bindings, "j"), heard(bindings, "n")]).toEqual(["next-roi", undefined]);
    const later = createBindings(kept);
    expect(keysFor(later.getState(), "next-roi")).toEqual(["J"]);
    later.setState({ own: {} });
    expect(keysFor(createBindings(kept).getState(), "next-roi")).toEqual(["N"]);
  });

  test("leave out what is no list of keys of a command", () => {
    const read = (keys: unknown) => createBindings(habitsInMemory({ keys })).getState().own;
    expect([undefined, [1], "x"].map(read)).toEqual([{}, {}, {}]);
    expect(read({ undo: ["Q"], redo: "Y", gone: ["G"], save: [1] })).toEqual({ undo: ["Q"] });
  });

  test("do not change keys that are the browser's", () => {
    const bindings = createBindings(habitsInMemory());
    bindings.setState({ own: { copy: ["J"] } });
    expect(keysFor(bindings.getState(), "copy")).toEqual(["Ctrl+C"]);
  });
});
