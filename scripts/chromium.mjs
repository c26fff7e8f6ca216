/** Finds the browser that tests drive: $CHROMIUM, an installed Chromium or Chrome, else Playwright's own (undefined). */
import { execFileSync } from "node:child_process";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export function installedChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of names) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // not this one
    }
  }
  return undefined;
}

/** Launch options shared by Vitest and Playwright: software WebGL, so that every machine draws alike. */
export function launchOptions() {
  const executablePath = installedChromium();
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      "--no-sandbox",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--ignore-gpu-blocklist",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  };
}
