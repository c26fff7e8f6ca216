/** Our kernels against Python's, in a process of their own: what other benches load slows compiled loops by half. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export async function benchKernels(): Promise<void> {
  const script = fileURLToPath(new URL("./kernel-times.ts", import.meta.url));
  const flags = ["--expose-gc", "--import", "tsx"];
  const child = spawn(process.execPath, [...flags, script], { stdio: "inherit" });
  const [status] = await once(child, "exit");
  if (status !== 0) throw new Error(`The kernels' bench stopped (${status})`);
}
