/** How the journeys are run: one after the other, in a real browser, on the built page. */
import { defineConfig } from "@playwright/test";
import { launchOptions } from "../scripts/chromium.mjs";

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  // Two cores draw WebGL in software: journeys side by side would starve each other.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env["CI"]),
  reporter: [["list"]],
  use: {
    baseURL: "http://localhost:4173",
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
    launchOptions: launchOptions(),
  },
  webServer: {
    cwd: "..",
    command: "npx vite preview --port 4173 --strictPort --host localhost",
    url: "http://localhost:4173",
    reuseExistingServer: !process.env["CI"],
  },
});
