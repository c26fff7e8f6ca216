/** What a page takes where nobody inspects it: in a browser that is driven, its process keeps a copy of every answer too. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { launchOptions } from "../../scripts/chromium.mjs";
import { pageMemory } from "./process-memory.ts";
import { now, type SlowServer } from "./slow-server.ts";

/** How long nothing may be asked for until all is taken to be there. */
const QUIET_MS = 5000;
const PATIENCE_MS = 300_000;

/** What a page and its workers hold, in bytes. */
export interface Held {
  readonly peak: number;
  /** Once it rests. */
  readonly rest: number;
}

/**
 * Opens a page of the server in a browser of its own, and waits until it rests.
 * @param last what the page asks for at last, where it does something by itself
 */
export async function heldAlone(server: SlowServer, path: string, last = path): Promise<Held> {
  const { executablePath = chromium.executablePath(), args } = launchOptions();
  const profile = await mkdtemp(join(tmpdir(), "fovea-alone-"));
  server.forget();
  const browser = spawn(
    executablePath,
    [
      ...args,
      "--headless=new",
      "--no-first-run",
      // What nobody can reach any more is given back when the page says so.
      "--js-flags=--expose-gc",
      "--window-size=1280,887",
      `--user-data-dir=${profile}`,
      server.url + path,
    ],
    { stdio: "ignore" },
  );
  try {
    return await heldUntilQuiet(server, new URL(last, server.url).pathname);
  } finally {
    browser.kill();
    await once(browser, "exit");
    // Its other processes may still write for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function heldUntilQuiet(server: SlowServer, last: string): Promise<Held> {
  const end = now() + PATIENCE_MS;
  let [peak, rest, asked, since] = [0, 0, 0, now()];
  const isOver = (): boolean => server.log.some(({ path }) => path === last);
  while (now() < end && (now() - since < QUIET_MS || !isOver())) {
    await wait(100);
    rest = pageMemory();
    peak = Math.max(peak, rest);
    const { length } = server.log;
    if (length !== asked) [asked, since] = [length, now()];
  }
  // What is not over tells nothing.
  return isOver() ? { peak, rest } : { peak: Number.NaN, rest: Number.NaN };
}
