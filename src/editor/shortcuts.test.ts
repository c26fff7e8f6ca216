/** Strokes and the keys that lists of commands write. */
import { describe, expect, test } from "vitest";
import { type Bindable, clash, type KeyStroke, keysOf, meantBy, unbindable } from "./shortcuts.ts";

/** A stroke as a browser tells it: "Ctrl+Shift+Z" comes with a capital Z. */
function stroke(keys: string): KeyStroke {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  return {
    key: key === "Space" ? " " : key,
    ctrlKey: parts.includes("Ctrl"),
    metaKey: parts.includes("Meta"),
    shiftKey: parts.includes("Shift") || /^[{}?]$/.test(key),
    altKey: parts.includes("Alt"),
  };
}

const named = (name: string, when: Bindable["when"], ...keys: string[]) => ({ name, when, keys });

describe("the keys of a stroke", () => {
  test.each([
    ["z", "Z"],
    ["Ctrl+z", "Ctrl+Z"],
    ["Meta+z", "Ctrl+Z"],
    ["Meta+Shift+Z", "Ctrl+Shift+Z"],
    ["Ctrl+Alt+z", "Ctrl+Alt+Z"],
    ["Ctrl+Alt+[", "["],
    ["?", "?"],
    ["Shift+0", "0"],
    ["Shift+Space", "Shift+Space"],
    ["Shift+ArrowLeft", "Shift+ArrowLeft"],
    ["Control", undefined],
    ["Ctrl+Shift", undefined],
    ["Dead", undefined],
  ])("%s are %s", (keys, written) => {
    expect(keysOf(stroke(keys))).toBe(written);
  });
});

describe("the keys of a stroke on other keyboards", () => {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  test.each([
    ["Russian Ctrl+я", { key: "я", code: "KeyZ", ctrlKey: true }, "Ctrl+Z"],
    ["Russian capital Н", { key: "Н", code: "KeyY", shiftKey: true }, "Shift+Y"],
    ["Russian х", { key: "х", code: "BracketLeft" }, "["],
    ["Russian Ъ", { key: "Ъ", code: "BracketRight", shiftKey: true }, "}"],
    ["Greek ω", { key: "ω", code: "KeyV" }, "V"],
    // What a Latin keyboard writes is what is meant, wherever it stands.
    ["German Ctrl+y", { key: "y", code: "KeyZ", ctrlKey: true }, "Ctrl+Y"],
    ["German ö", { key: "ö", code: "Semicolon" }, "Ö"],
    ["German ? by Shift+ß", { key: "?", code: "Minus", shiftKey: true }, "?"],
    ["German [ by AltGr", { key: "[", code: "Digit8", ctrlKey: true, altKey: true }, "["],
    ["German [ by Option", { key: "[", code: "Digit5", altKey: true }, "["],
    ["German { by Command and Option", { key: "{", metaKey: true, altKey: true }, "Ctrl+{"],
    ["Alt+5", { key: "5", code: "Digit5", altKey: true }, "Alt+5"],
    ["French 1 by Shift+&", { key: "1", code: "Digit1", shiftKey: true }, "1"],
  ])("%s", (_, pressed, written) => {
    expect(keysOf({ ...none, ...pressed })).toBe(written);
  });
});

describe("what a stroke means", () => {
  const all = [
    named("anywhere", "anywhere", "Ctrl+S"),
    named("canvas", "canvas", "K"),
    named("selection", "selection", "Delete", "L"),
    named("triage", "triage", "K"),
  ];
  const meant = (keys: string, situation = { typing: false, selected: 1 }) =>
    meantBy(all, stroke(keys), situation)?.name;

  test("is any of the keys, whatever the case", () => {
    expect(["Ctrl+s", "k", "L", "Delete", "Ctrl+k", "x"].map((keys) => meant(keys))).toEqual([
      "anywhere",
      "canvas",
      "selection",
      "selection",
      undefined,
      undefined,
    ]);
  });
  test("Escape is Escape, also in a drag with Shift or Ctrl", () => {
    for (const text of ["Escape", "Shift+Escape", "Ctrl+Escape"])
      expect(keysOf(stroke(text))).toBe("Escape");
  });
  test("in a text field is the field's, but for what works anywhere", () => {
    const typing = { typing: true, selected: 1, triage: true };
    expect(["Ctrl+s", "k", "l"].map((keys) => meant(keys, typing))).toEqual([
      "anywhere",
      undefined,
      undefined,
    ]);
  });
  test("on a selection is nothing without one", () => {
    expect(meant("l", { typing: false, selected: 0 })).toBeUndefined();
  });
  test("in triage is triage's first", () => {
    const triage = { typing: false, selected: 1, triage: true };
    expect(["k", "l"].map((keys) => meant(keys, triage))).toEqual(["triage", "selection"]);
  });
});

test("two commands clash where one stroke could mean either", () => {
  const of = (when: Bindable["when"]) => named("", when, "X", "K");
  const whens = ["anywhere", "canvas", "selection", "triage"] as const;
  const clashes = whens.map((a) => whens.map((b) => clash(of(a), of(b)) ?? ""));
  expect(clashes).toEqual([
    ["X", "X", "X", "X"],
    ["X", "X", "X", ""],
    ["X", "X", "X", ""],
    ["X", "", "", "X"],
  ]);
  expect(clash(named("", "canvas", "A", "k"), of("canvas"))).toBe("k");
  expect(clash(named("", "canvas", "A"), of("canvas"))).toBeUndefined();
});

test("keys of the page and of the browser cannot be bound", () => {
  expect(["Tab", "Shift+Tab", "Enter", "Ctrl+W"].filter((keys) => !unbindable(keys))).toEqual([]);
  expect(["W", "Ctrl+K", "Space", "Alt+Enter"].filter((keys) => unbindable(keys))).toEqual([]);
});

test("what works in text fields too takes no key that is typed there", () => {
  const refused = (keys: string): boolean => unbindable(keys, "anywhere") !== undefined;
  expect(["S", "Shift+S", "?", "Space", "Delete", "ArrowLeft"].every(refused)).toBe(true);
  expect(["Ctrl+S", "Alt+S", "F2", "Shift+F3", "F12"].filter(refused)).toEqual([]);
});
