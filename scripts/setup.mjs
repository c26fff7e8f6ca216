/** What both commands share: run a tool and stop on its failure; install the packages where that is still to be done. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Installs what package-lock.json says, unless that was done since it last changed. Not `npm ci`: it refuses a lock
 * file that lists the builds of some platforms alone, where `npm install` gets the one that is needed.
 */
export function install() {
  const marker = "node_modules/.package-lock.json";
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync("package-lock.json").mtimeMs)
    return;
  run("npm", ["install", "--no-audit", "--no-fund"]);
}
