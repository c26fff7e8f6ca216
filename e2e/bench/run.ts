/**
 * `npm run bench`: runs the benches named on the command line, else all of them, one after the other. A path or address
 * of an OME-Zarr among the names is the data of those that can use one.
 */
import { benchApp } from "./app.ts";
import { benchEditor } from "./editor.ts";
import { benchEngine } from "./engine.ts";
import { benchKernels } from "./kernels.ts";
import { benchStart } from "./start.ts";
import { benchStreaming } from "./streaming.ts";
import { benchTask } from "./task.ts";

const benches: ReadonlyMap<string, (data: string | undefined) => Promise<void>> = new Map([
  ["editor", benchEditor],
  ["app", benchApp],
  ["start", benchStart],
  ["streaming", benchStreaming],
  ["engine", benchEngine],
  ["kernels", benchKernels],
  ["task", benchTask],
]);

const given = process.argv.slice(2);
const data = given.find((word) => /[/\\]/.test(word));
const asked = given.filter((word) => word !== data);
const unknown = asked.filter((name) => !benches.has(name));
if (unknown.length > 0) {
  console.error(`No bench ${unknown.join(", ")}; there are ${[...benches.keys()].join(", ")}`);
  process.exit(2);
}
for (const [name, bench] of benches) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n# ${name}`);
  await bench(data);
}
