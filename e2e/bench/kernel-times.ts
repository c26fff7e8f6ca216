/** A process of its own (see kernels.ts): our kernels against scipy, scikit-image and Fractal on one core: the same arrays in turn, and the same results. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { distances } from "../../src/tasks/kernels/distance.ts";
import { fillHoles } from "../../src/tasks/kernels/fill-holes.ts";
import { gaussian } from "../../src/tasks/kernels/gaussian.ts";
import { correctIllumination, correctionOf } from "../../src/tasks/kernels/illumination.ts";
import { labelComponents } from "../../src/tasks/kernels/label-components.ts";
import { median as medianFilter } from "../../src/tasks/kernels/median.ts";
import { otsu } from "../../src/tasks/kernels/otsu.ts";
import { watershed } from "../../src/tasks/kernels/watershed.ts";
import { measureObjects } from "../../src/tasks/measure-features.ts";
import { environments, NotHere } from "../interop/environments.mjs";
import { type Inputs, kernelInputs, SHAPE } from "./kernel-inputs.ts";
import { median } from "./report.ts";

const ROUNDS = 9;
const WARM_UPS = 3;

type Result = Readonly<ArrayBufferView>;
type Kernels = Readonly<Record<string, () => Result>>;

/** The keys are those of kernels.py. */
function kernelsOn(inputs: Inputs): Kernels {
  const { image, mask, noise, depths, markers, flat, dark } = inputs;
  const correction = correctionOf({ flat, dark, background: 0 }, image.length);
  const corrected = new Uint16Array(image.length);
  const { labels } = labelComponents(mask, SHAPE);
  return {
    gaussian: () => gaussian(image, SHAPE, 2),
    median: () => medianFilter(image, SHAPE, [1, 3, 3]),
    otsu: () => Float64Array.of(otsu(image)),
    label: () => labelComponents(mask, SHAPE).labels,
    labelNoise: () => labelComponents(noise, SHAPE).labels,
    fillHoles: () => fillHoles(mask, SHAPE),
    edt: () => distances(mask, SHAPE),
    watershed: () => watershed(depths, markers, mask, SHAPE, "faces"),
    illumination: () => {
      // In place, but the image is still needed.
      corrected.set(image);
      correctIllumination(corrected, SHAPE, correction);
      return corrected;
    },
    regionprops: () => measured(image, labels),
  };
}

/** Every column of Measure features, one after the other; but for the orientation, which is noise in round objects. */
function measured(
  voxels: Uint16Array<ArrayBuffer>,
  labels: Uint32Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  const patch = {
    shape: SHAPE,
    spacing: [1, 1, 1],
    dimensions: 2,
    channels: [{ name: "c", voxels }],
    labels,
    labelShape: SHAPE,
    region: "FOV_1",
  } as const;
  const columns = [...measureObjects(patch, "hull").columns].flatMap(([name, column]) =>
    column.kind === "number" && name !== "orientation" ? [column.values] : [],
  );
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of columns) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}

async function benchKernels(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "fovea-kernels-"));
  try {
    const inputs = kernelInputs();
    for (const [name, array] of Object.entries(inputs)) writeFileSync(join(folder, name), array);
    const python = await startPython(folder);
    try {
      tell(await timesOf(kernelsOn(inputs), python, folder));
    } finally {
      python.stop();
    }
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    console.log(`kernels: NOT RUN: ${error.message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Times {
  readonly ours: number[];
  readonly python: number[];
}

async function timesOf(kernels: Kernels, python: Python, folder: string) {
  const times = new Map<string, Times>();
  for (const [name, kernel] of Object.entries(kernels)) {
    await python.ask(`${name} ${name}-python`);
    if (!isSame(name, kernel(), readFileSync(join(folder, `${name}-python`))))
      throw new Error(`${name} is not what Python makes of the same array`);
    for (let i = 0; i < WARM_UPS; i++) kernel();
    times.set(name, { ours: [], python: [] });
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, { ours, python: theirs }] of times) {
      // As Python frees a result before the clock runs for the next; what is freed aside is done in Python's turn.
      globalThis.gc?.();
      theirs.push(Number(await python.ask(name)));
      const begin = performance.now();
      kernels[name]?.();
      ours.push(performance.now() - begin);
    }
  return times;
}

/**
 * What may differ, relatively: the exponentials of numpy differ from machine to machine in the last bit, and of features
 * the sums are added up in another order. The rest is the same byte by byte.
 */
const TOLERANCE: Readonly<Record<string, number>> = { gaussian: 1e-14, regionprops: 1e-5 };

/** Where what is compared is about 0, only rounding is left: eccentricity and the lesser axis of a line. */
const NOTHING = 1e-7;

function isSame(name: string, ours: Result, theirs: Buffer): boolean {
  const bytes = Buffer.from(ours.buffer, ours.byteOffset, ours.byteLength);
  const tolerance = TOLERANCE[name];
  if (tolerance === undefined) return bytes.equals(theirs);
  const values = new Float64Array(new Uint8Array(theirs).buffer);
  const least = name === "regionprops" ? NOTHING : 0;
  return (
    bytes.length === theirs.length &&
    new Float64Array(new Uint8Array(bytes).buffer).every((value, i) => {
      const other = values[i] ?? Number.NaN;
      return Math.abs(value - other) <= Math.max(least, tolerance * Math.abs(other));
    })
  );
}

function tell(times: ReadonlyMap<string, Times>): void {
  const rows = [...times].map(([name, { ours, python }]) => {
    const [ms, pythonMs] = [median(ours), median(python)];
    return [name, { ms, pythonMs, speed: pythonMs / ms }] as const;
  });
  const short = (value: number) => Number(value.toPrecision(3));
  console.table(
    Object.fromEntries(
      rows.map(([name, { ms, pythonMs, speed }]) => [
        name,
        { ms: short(ms), pythonMs: short(pythonMs), speed: short(speed) },
      ]),
    ),
  );
  const speeds = new Map(rows.map(([name, { speed }]) => [name, speed]));
  const others = [...speeds].filter(([name]) => name !== "regionprops").map(([, speed]) => speed);
  console.log(
    JSON.stringify({
      kernels: Object.fromEntries([...speeds].map(([name, speed]) => [name, short(speed)])),
      geometricMean: short(meanOf([...speeds.values()])),
      geometricMeanWithoutRegionprops: short(meanOf(others)),
    }),
  );
}

function meanOf(speeds: readonly number[]): number {
  return Math.exp(speeds.reduce((sum, speed) => sum + Math.log(speed), 0) / speeds.length);
}

interface Python {
  /** Sends a line; its answer is the next line. */
  ask(line: string): Promise<string>;
  stop(): void;
}

/** @throws NotHere where there is no Python to compare with. */
async function startPython(folder: string): Promise<Python> {
  const script = fileURLToPath(new URL("kernels.py", import.meta.url));
  const shape = SHAPE.slice(1).join("x");
  const child: ChildProcessWithoutNullStreams = spawn(environments().b, [script, folder, shape]);
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("Python has stopped");
    return value;
  };
  await answer();
  return {
    ask: (line) => {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    stop: () => child.kill(),
  };
}

await benchKernels();
