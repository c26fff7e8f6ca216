/** What is loaded late is shown once it is there, at once from then on, and is tried again where it did not come. */
import { type ComponentType, StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gate } from "../testing/gate.ts";
import { messages, testSession } from "../testing/services.ts";
import { late } from "./late.tsx";
import { SessionContext } from "./session-context.ts";

interface Props {
  readonly name: string;
}

function Greeting({ name }: Props) {
  return `Hello ${name}`;
}

const session = testSession();
let root: Root;
let parent: HTMLElement;

beforeEach(() => {
  parent = document.createElement("div");
  document.body.append(parent);
  root = createRoot(parent);
});

afterEach(() => {
  root.unmount();
  parent.remove();
});

function show(Late: ComponentType<Props> | undefined): string {
  flushSync(() =>
    root.render(
      <StrictMode>
        <SessionContext value={session}>{Late && <Late name="you" />}</SessionContext>
      </StrictMode>,
    ),
  );
  return parent.textContent;
}

test("what waits stands there until the script has come, and never again", async () => {
  const script = gate();
  const Late = late(() => script.passed.then(() => Greeting), "Loading…");
  expect(show(Late)).toBe("Loading…");
  script.open();
  await expect.poll(() => parent.textContent).toBe("Hello you");
  expect(show(undefined)).toBe("");
  expect(show(Late)).toBe("Hello you");
});

test("what does not come is told, and tried again when it is wanted next", async () => {
  let isAway = true;
  const Late = late(async () => {
    if (isAway) throw new Error("The script did not come");
    return Greeting;
  });
  expect(show(Late)).toBe("");
  await expect.poll(() => messages(session)).toEqual(["The script did not come"]);
  show(undefined);
  isAway = false;
  show(Late);
  await expect.poll(() => parent.textContent).toBe("Hello you");
});

test("what has a place says there that it did not come, and one press tries again", async () => {
  let isAway = true;
  const Late = late(async () => {
    if (isAway) throw new Error("The script is away");
    return Greeting;
  }, "Loading…");
  expect(show(Late)).toBe("Loading…");
  const alert = (): HTMLElement | null => parent.querySelector("[role=alert]");
  await expect.poll(() => alert()?.textContent).toContain("The script is away");
  expect(messages(session)).not.toContain("The script is away");
  isAway = false;
  alert()?.querySelector("button")?.click();
  await expect.poll(() => parent.textContent).toBe("Hello you");
});

test("what is gone before it comes tells nothing", async () => {
  const script = gate();
  const Late = late(
    (): Promise<ComponentType<Props>> =>
      script.passed.then(() => {
        throw new Error("Nobody waits for this");
      }),
  );
  show(Late);
  show(undefined);
  script.open();
  await new Promise(requestAnimationFrame);
  expect(messages(session)).not.toContain("Nobody waits for this");
});
