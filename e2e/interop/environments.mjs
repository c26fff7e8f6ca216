/** Finds Python and makes the pinned environments, outside the checkout and once: a changed pin makes a new one. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const PYTHONS = ["python3.11", "python3.12", "python3.13", "python3.14", "python3"];
const REQUIREMENTS = { a: "requirements-a.txt", b: "requirements-b.txt" };

/** Why the checks cannot be run on this machine; anything else that goes wrong is a failure. */
export class NotHere extends Error {}

/** The Python executables of the two environments, `{ a, b }`; @throws NotHere where Python or PyPI is missing. */
export function environments() {
  const python = findPython();
  const entries = Object.entries(REQUIREMENTS).map(([name, file]) => {
    const requirements = readFileSync(new URL(file, import.meta.url), "utf8");
    return [name, environment(python, name, requirements)];
  });
  return Object.fromEntries(entries);
}

/** A Python of 3.11 or newer that can make environments. */
function findPython() {
  const probe =
    "import sys, venv, ensurepip; assert sys.version_info >= (3, 11); print(sys.executable, sys.version.split()[0])";
  for (const name of PYTHONS) {
    const { status, stdout } = spawnSync(name, ["-c", probe], { encoding: "utf8" });
    if (status !== 0) continue;
    const [executable, version] = stdout.trim().split(" ");
    return { executable, version };
  }
  throw new NotHere("no Python of version 3.11 or newer with venv and pip");
}

function environment(python, name, requirements) {
  const identity = createHash("sha256")
    .update([python.executable, python.version, requirements].join("\n"))
    .digest("hex");
  const folder = join(home(), `${name}-${identity.slice(0, 12)}`);
  const executable = join(folder, "bin", "python");
  // Written last: an environment without it was left half-made.
  const complete = join(folder, "complete");
  if (existsSync(complete)) return executable;

  console.log(`making environment ${name} with Python ${python.version} (minutes, once)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  must(python.executable, ["-m", "venv", folder], `environment ${name} could not be made`);
  requirePyPI(executable, folder, requirements);
  const pins = join(folder, "requirements.txt");
  writeFileSync(pins, requirements);
  const pip = ["-m", "pip", "install", "--quiet", "--prefer-binary", "-r", pins];
  must(executable, pip, `the packages of environment ${name} could not be installed`);
  writeFileSync(complete, "");
  return executable;
}

/** Asks PyPI for the first pinned package, without pip's long patience. */
function requirePyPI(executable, folder, requirements) {
  const [pin] = requirements.match(/^\w.*==.*$/m);
  const patience = ["--retries", "1", "--timeout", "15", "--no-cache-dir"];
  const where = ["--no-deps", "--quiet", "--dest", join(folder, "probe")];
  const { status } = spawnSync(executable, ["-m", "pip", "download", ...patience, ...where, pin]);
  rmSync(join(folder, "probe"), { recursive: true, force: true });
  if (status !== 0) throw new NotHere(`PyPI gave no ${pin}`);
}

function must(command, args, sentence) {
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${sentence}:\n${stderr}`);
}

function home() {
  const { FOVEA_INTEROP_HOME, XDG_CACHE_HOME } = process.env;
  return FOVEA_INTEROP_HOME ?? join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "fovea-interop");
}
