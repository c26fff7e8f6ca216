/** A walk that a page goes by itself: a browser that is driven from outside keeps every answer, and its memory tells nothing. */
import type { Asked } from "./slow-server.ts";
import type { Pyramid } from "./streaming-image.ts";

/** What the page asks its server for at last, by which it says what it found. */
export const CLOSED = "/closed";
const KEPT = "/kept/";

/** A page whose own script goes from chunk to chunk of an image, then closes it. */
export function walking(html: Uint8Array | undefined, { height, width, chunk }: Pyramid) {
  const given: Given = { height, width, chunk, kept: KEPT, closed: CLOSED };
  // What runs this file keeps the names of functions with a helper that the page does not have.
  const script = `globalThis.__name = (f) => f; (${walk})(${JSON.stringify(given)});`;
  const text = new TextDecoder().decode(html);
  return new TextEncoder().encode(text.replace("</body>", `<script>${script}</script></body>`));
}

/** What a page said it could still reach after closing, in bytes; no number where it said nothing. */
export function keptIn(log: readonly Pick<Asked, "path">[]): number {
  const told = log.find(({ path }) => path.startsWith(KEPT));
  return Number(told?.path.slice(KEPT.length) ?? Number.NaN);
}

interface Given extends Pick<Pyramid, "height" | "width" | "chunk"> {
  readonly kept: string;
  readonly closed: string;
}

/** Not yet in TypeScript's libraries; isolated pages have it. */
type Measuring = Performance & {
  measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
};

/** Runs in the page; it sees nothing of this file but itself. There and back along the rows, at the finest level. */
async function walk({ height, width, chunk, kept, closed }: Given): Promise<void> {
  /** Pixels of a drag, and how many moves it has. */
  const [LONGEST, MOVES] = [360, 4];
  const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const page = globalThis as { gc?: () => void };
  const measure = (): Promise<{ readonly bytes: number }> =>
    (performance as Measuring).measureUserAgentSpecificMemory();
  const tell = (what: string): Promise<Response> => fetch(what, { cache: "no-store" });
  const isShown = (): boolean =>
    document.querySelector("[aria-label=Viewer][aria-busy=false]") !== null;
  /** Until all on screen is there, and for a moment. */
  const shown = async (): Promise<void> => {
    for (let calm = 0; calm < 4; calm++) {
      await rest(50);
      if (!isShown()) calm = 0;
    }
  };
  await shown();
  const hand = document.querySelector("[aria-label=Viewer] .hand");
  if (hand === null) throw new Error("There is nothing to take hold of");
  const box = hand.getBoundingClientRect();
  const send = (type: string, x: number, y: number, buttons = 1): void => {
    // A mouse's number, which is always there to be captured.
    const init = { bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", buttons };
    hand.dispatchEvent(new PointerEvent(type, { ...init, clientX: x, clientY: y }));
  };
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  const pan = async (x: number, y: number): Promise<void> => {
    const times = Math.ceil(Math.max(Math.abs(x), Math.abs(y)) / LONGEST);
    for (let i = 0; i < times; i++) {
      send("pointerdown", ...middle);
      for (let k = 1; k <= MOVES; k++) {
        const part = k / MOVES / times;
        send("pointermove", middle[0] + x * part, middle[1] + y * part);
        await frame();
      }
      send("pointerup", middle[0] + x / times, middle[1] + y / times, 0);
    }
  };
  const [rows, columns] = [height / chunk[0], width / chunk[1]];
  // As the camera fits an image.
  const fitted = Math.min((box.width - 48) / width, (box.height - 48) / height);
  // The coarsest zoom at which the finest level is drawn, by notches of the wheel, over the first chunk.
  const notches = Math.ceil(Math.log(1 / (1.9 * fitted)) / Math.log(1.25));
  for (let i = 0; i < notches; i++)
    hand.dispatchEvent(
      new WheelEvent("wheel", {
        bubbles: true,
        cancelable: true,
        deltaY: -100,
        clientX: middle[0] - fitted * (width / 2 - chunk[1] / 2),
        clientY: middle[1] - fitted * (height / 2 - chunk[0] / 2),
      }),
    );
  const scale = fitted * 1.25 ** notches;
  for (let row = 0; row < rows; row++) {
    const way = row % 2 === 0 ? -1 : 1;
    for (let i = 1; i < columns; i++) {
      await pan(way * scale * chunk[1], 0);
      await shown();
    }
    if (row < rows - 1) await pan(0, -scale * chunk[0]);
    await shown();
  }
  document.querySelector<HTMLElement>("[aria-label='Fovea: open something else']")?.click();
  await rest(1000);
  page.gc?.();
  // Comes after a collection of its own, and counts what workers hold too.
  const { bytes } = await measure();
  await tell(`${kept}${bytes}`);
  await tell(closed);
}
