/**
 * `npm run interop`: Fovea's core and the Python tools read what the other wrote, value by value.
 * Where Python or PyPI is not at hand it says so in one line, and that is no failure.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { environments, NotHere } from "./environments.mjs";

const counts = { passed: 0, failed: 0 };

/** Runs one script, shows its lines and counts those of checks; a script that stops early is a failed check. */
async function script(name, command, args) {
  console.log(`\n# ${name}`);
  const child = spawn(command, args, {
    cwd: here("../.."),
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" },
  });
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  for await (const line of createInterface({ input: child.stdout })) tell(line);
  const status = await ended;
  if (status !== 0) tell(`FAIL ${name} stopped (${status})`);
}

function tell(line) {
  console.log(line);
  if (line.startsWith("ok ")) counts.passed++;
  if (line.startsWith("FAIL ")) counts.failed++;
}

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

async function exchange(python, folder) {
  const [fovea, demo, ngio, edited, curated, tasks, exported] = [
    ...["fovea", "demo", "ngio", "edited", "curated", "tasks", "exported"],
  ].map((name) => join(folder, name));
  // All chunks of a read wait on one signal, which Node takes for a leak.
  const node = ["--disable-warning=MaxListenersExceededWarning", "--import", "tsx"];
  const core = (name, file, ...folders) =>
    script(name, process.execPath, [...node, here(file), ...folders]);
  const a = (name, file, ...folders) => script(name, python.a, [here(file), ...folders]);
  const b = (name, file, ...args) => script(name, python.b, [here(file), ...args]);

  await a("environment a", "versions.py", "ngio", "anndata", "zarr");
  await b("environment b", "versions.py", "fractal-tasks-core", "ngio");
  await core("Fovea writes images, labels and tables", "write.ts", fovea);
  await a("ngio, anndata and zarr read them", "read_fovea.py", fovea);
  await core("Fovea makes its demo and labels nuclei in it", "write-demo.ts", demo);
  await a("ngio reads the demo", "read_fovea.py", demo);
  await a("ngio and anndata write plates and tables", "write_ngio.py", ngio);
  await core("Fovea reads them, and edits the ROI tables", "read.ts", ngio, edited);
  await a("ngio and anndata read the edited tables", "read_edited.py", ngio, edited);
  await core(
    "Fovea curates a folder that ngio writes to meanwhile",
    "curate.ts",
    curated,
    python.a,
  );
  await a("ngio reads what was made and merged", "read_fovea.py", curated);
  await core("Fovea exports a part of an image", "write-exports.ts", exported);
  await a("ngio and zarr read it from a folder", "read_fovea.py", exported);
  await a("ngio and zarr read it from a zip", "read_zips.py", exported);
  await b("tifffile reads it as OME-TIFF", "read_tiffs.py", exported);
  await core(
    "Fovea runs its tasks, and says them in the words of Fractal",
    "write-tasks.ts",
    tasks,
  );
  await b("fractal-tasks-core runs what it was told", "run_fractal.py", tasks);
  await b("scikit-image and scipy do what Fractal has no words for", "run_scipy.py", tasks);
}

try {
  const python = environments();
  const folder = mkdtempSync(join(tmpdir(), "fovea-interop-"));
  await exchange(python, folder);
  console.log(`\ninterop: ${counts.passed} passed, ${counts.failed} failed`);
  if (counts.failed > 0) console.log(`what was exchanged stays in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  process.exitCode = counts.failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof NotHere)) throw error;
  console.log(`interop: NOT RUN: ${error.message}`);
}
