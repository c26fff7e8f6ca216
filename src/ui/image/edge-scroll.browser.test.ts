/** A drag that rests at the border scrolls on, after a moment and no longer than it rests there. */
import { afterEach, expect, test } from "vitest";
import { EdgeScroll } from "./edge-scroll.ts";

const size = { width: 200, height: 100 };
let scroll: EdgeScroll | undefined;
afterEach(() => scroll?.stop());

/** The first move of the world that a drag at a point makes, and how long it took. */
function firstPan(x: number, y: number): Promise<{ dx: number; dy: number; after: number }> {
  const since = performance.now();
  return new Promise((resolve) => {
    scroll = new EdgeScroll((dx, dy) => {
      scroll?.stop();
      resolve({ dx, dy, after: performance.now() - since });
    });
    scroll.at({ x, y }, size);
  });
}

test.each([
  ["left", 0, 50, 1, 0],
  ["right", 200, 50, -1, 0],
  ["upper", -30, -30, 1, 1],
  ["lower", 100, 95, 0, -1],
])("at the %s border the world comes in from there", async (_, x, y, signX, signY) => {
  const { dx, dy, after } = await firstPan(x, y);
  expect([Math.sign(dx) + 0, Math.sign(dy) + 0]).toEqual([signX, signY]);
  expect(after).toBeGreaterThanOrEqual(200);
});

/** Frames that a rested drag would have scrolled in. */
async function rest(): Promise<void> {
  const since = performance.now();
  while (performance.now() - since < 400)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

test("a drag that goes back inside, or ends, scrolls no more", async () => {
  let pans = 0;
  scroll = new EdgeScroll(() => pans++);
  scroll.at({ x: 0, y: 50 }, size);
  scroll.at({ x: 100, y: 50 }, size);
  await rest();
  scroll.at({ x: 0, y: 50 }, size);
  scroll.stop();
  await rest();
  expect(pans).toBe(0);
});

test("each step is drawn before the next one", async () => {
  const seen: string[] = [];
  scroll = new EdgeScroll(() => {
    seen.push("step");
    requestAnimationFrame(() => seen.push("drawn"));
  });
  scroll.at({ x: 0, y: 50 }, size);
  await expect.poll(() => seen.length, { timeout: 12_000 }).toBeGreaterThanOrEqual(6);
  expect(seen.slice(0, 6)).toEqual(["step", "drawn", "step", "drawn", "step", "drawn"]);
});
