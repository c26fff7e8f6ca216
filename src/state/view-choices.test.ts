/** What a user chose comes back: the panes everywhere, the depth of new ROIs with the source it was chosen for. */
import { expect, test } from "vitest";
import { makeImage } from "../testing/make-image.ts";
import { habitsInMemory, sourceOver, testServices, testSession } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import type { Linked } from "./link.ts";
import { openSource } from "./open.ts";
import type { Session } from "./session.ts";
import { type Origin, sourceOf } from "./source.ts";
import { toggleSidePanes } from "./view.ts";
import { keepViewChoices } from "./view-choices.ts";

function open(session: Session, origin: Origin): void {
  const source = sourceOf(origin, { kind: "memory", entries: new Map() }, testServices());
  session.opened.setState({ kind: "open", place: { source } }, true);
}

const web = (name: string): Origin => ({ kind: "url", url: `https://example.org/${name}.zarr` });
const depth = ({ view }: Session) => view.getState().drawDepth;

test("the depth of new ROIs belongs to the source, and is there at the next visit", () => {
  const habits = habitsInMemory();
  const first = testSession({ habits });
  keepViewChoices(first);
  open(first, web("a"));
  first.view.setState({ drawDepth: "plane" });
  open(first, web("b"));
  expect(depth(first)).toBe("stack");
  first.view.setState({ drawDepth: "last" });
  open(first, web("a"));
  expect(depth(first)).toBe("plane");

  const later = testSession({ habits });
  keepViewChoices(later);
  open(later, web("b"));
  expect(depth(later)).toBe("last");
  later.view.setState({ drawDepth: "stack" });
  open(later, web("a"));
  open(later, web("b"));
  expect(depth(later)).toBe("stack");
});

test("the side panes come back", () => {
  const habits = habitsInMemory();
  const first = testSession({ habits });
  keepViewChoices(first);
  expect(first.view.getState().sidePanes).toBe(false);
  toggleSidePanes(first);
  const later = testSession({ habits });
  keepViewChoices(later);
  expect(later.view.getState().sidePanes).toBe(true);
});

test("a link shows or hides the side panes of its own view, and nobody's habit changes", async () => {
  const store = new MemoryStore();
  await makeImage(store, { axes: ["z", "y", "x"], shape: [3, 4, 4], chunks: [1, 4, 4] });
  const habits = habitsInMemory();
  const session = testSession({ habits });
  keepViewChoices(session);
  const source = sourceOver(store, session.services);
  const shown = async (linked?: Linked) => {
    await openSource(session, source, { linked });
    return session.view.getState().sidePanes;
  };
  expect(await shown({ panes: ["sides"] })).toBe(true);
  expect(habits.read("side-panes")).toBeUndefined();
  expect(await shown()).toBe(false);
  toggleSidePanes(session);
  expect(await shown({ panes: [] })).toBe(false);
  expect(habits.read("side-panes")).toBe(true);
  expect(await shown()).toBe(true);
});

test("nonsense in the storage is no choice", () => {
  const depths = [["https://example.org/a.zarr", "sideways"], 3];
  const session = testSession({ habits: habitsInMemory({ depths, "side-panes": "yes" }) });
  keepViewChoices(session);
  open(session, web("a"));
  expect([depth(session), session.view.getState().sidePanes]).toEqual(["stack", false]);
});
