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
const PATIENCE_MS = 120_000;

/** Opens a page of the server in a browser of its own. @returns the most that was held until it rests, in bytes */
export async function peakAlone(server: SlowServer, path: string): Promise<number> {
  const { executablePath = chromium.executablePath(), args } = launchOptions();
  const profile = await mkdtemp(join(tmpdir(), "fovea-alone-"));
  server.forget();
  const browser = spawn(
    executablePath,
    [
      ...args,
      "--headless=new",
      "--no-first-run",
      "--window-size=1280,887",
      `--user-data-dir=${profile}`,
      server.url + path,
    ],
    { stdio: "ignore" },
  );
  try {
    return await peakUntilQuiet(server);
  } finally {
    browser.kill();
    await once(browser, "exit");
    // Its other processes may still write for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function peakUntilQuiet(server: SlowServer): Promise<number> {
  const end = now() + PATIENCE_MS;
  let [peak, asked, since] = [0, 0, now()];
  while (now() < end && now() - since < QUIET_MS) {
    await wait(100);
    peak = Math.max(peak, pageMemory());
    const { length } = server.log;
    if (length !== asked || length === 0) [asked, since] = [length, now()];
  }
  return peak;
}
