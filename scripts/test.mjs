/** `npm test`: install, find or get a browser, build, and run every test: Vitest in Node and in the browser, then the journeys. */
import { existsSync } from "node:fs";
import { installedChromium } from "./chromium.mjs";
import { install, run } from "./setup.mjs";

process.chdir(new URL("..", import.meta.url).pathname);
install();
if (!installedChromium()) {
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "chromium"]);
  } else {
    run("npx", ["playwright", "install", "chromium"]);
  }
}
run("npx", ["vite", "build", "--logLevel", "warn"]);
run("npx", ["vitest", "run"]);
run("npx", ["playwright", "test", "-c", "e2e"]);
