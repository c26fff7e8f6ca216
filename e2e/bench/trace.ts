/** What the main thread did, from Chromium's own trace: script per pointer event, and the longest task. */
import type { Page } from "@playwright/test";

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of it, what the thread had a core for. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly type?: string } };
}

export interface Traced {
  /** Pointermove events that reached the page. */
  readonly events: number;
  /**
   * Script of the main thread per such event: handlers, React, frames, timers, promises, as time on a core. Drawing in
   * software keeps the cores busy, which a graphics card would not; `wallMs` is the same with the waiting for a core.
   */
  readonly scriptMs: number;
  readonly wallMs: number;
  readonly longestTaskMs: number;
  readonly longestTaskWallMs: number;
}

/** Where script begins; what lies inside another one counts once. */
const SCRIPT = new Set([
  "EventDispatch",
  "FireAnimationFrame",
  "FunctionCall",
  "TimerFire",
  "RunMicrotasks",
]);

/** What the main thread did from one of these events on, with what follows from it, until `act` is over. */
async function mainThread(
  page: Page,
  type: string,
  act: () => Promise<void>,
): Promise<{ readonly events: readonly TraceEvent[]; readonly all: readonly TraceEvent[] }> {
  const browser = page.context().browser();
  if (!browser) throw new Error("The page has no browser");
  const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline"];
  await browser.startTracing(page, { categories });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const events = traceEvents.filter(
    ({ name, args }) => name === "EventDispatch" && args?.data?.type === type,
  );
  const [one] = events;
  if (!one) throw new Error(`No ${type} reached the page`);
  const all = traceEvents.filter(
    ({ pid, tid, ph }) => pid === one.pid && tid === one.tid && ph === "X",
  );
  return { events, all };
}

export type Longest = Pick<Traced, "longestTaskMs" | "longestTaskWallMs">;

/** The longest task of the main thread, from a key on until `act` is over. */
export async function longestAfterKey(page: Page, act: () => Promise<void>): Promise<Longest> {
  return longestOf((await mainThread(page, "keydown", act)).all);
}

function longestOf(all: readonly TraceEvent[]): Longest {
  const tasks = all.filter(({ name }) => name === "RunTask");
  const longest = (of: (event: TraceEvent) => number): number =>
    tasks.reduce((most, task) => Math.max(most, of(task)), 0);
  return { longestTaskMs: longest(onCore), longestTaskWallMs: longest(wall) };
}

export async function traced(page: Page, act: () => Promise<void>): Promise<Traced> {
  const { events: moves, all } = await mainThread(page, "pointermove", act);
  const script = outermost(all.filter(({ name }) => SCRIPT.has(name)));
  const each = (of: (event: TraceEvent) => number): number =>
    script.reduce((sum, event) => sum + of(event), 0) / moves.length;
  return {
    events: moves.length,
    scriptMs: each(onCore),
    wallMs: each(wall),
    ...longestOf(all),
  };
}

const onCore = ({ tdur = 0 }: TraceEvent): number => tdur / 1000;
const wall = ({ dur = 0 }: TraceEvent): number => dur / 1000;

function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = 0;
  return [...events]
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false;
      end = ts + dur;
      return true;
    });
}
