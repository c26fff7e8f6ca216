/** The memory that a browser's page and its workers hold, and the most they held, as Linux counts it for their process. */
import { readdirSync, readFileSync } from "node:fs";

/**
 * The peak resident memory of the largest renderer among the processes that this one started, in bytes: a page and its
 * workers share one. 0 where there is no /proc.
 */
export function pagePeak(): number {
  return largestRenderer("VmHWM");
}

/** What it holds now, in bytes. */
export function pageMemory(): number {
  return largestRenderer("VmRSS");
}

function largestRenderer(count: "VmHWM" | "VmRSS"): number {
  const line = new RegExp(`${count}:\\s+(\\d+) kB`);
  const ours = new Set([process.pid]);
  const parents = new Map(processes().map((pid) => [pid, parentOf(pid)]));
  // A child may have a smaller number than its parent, so until nothing is added.
  for (let before = 0; before < ours.size; ) {
    before = ours.size;
    for (const [pid, parent] of parents) if (ours.has(parent)) ours.add(pid);
  }
  const held = [...ours]
    .filter((pid) => fileOf(pid, "cmdline").includes("--type=renderer"))
    .map((pid) => Number(line.exec(fileOf(pid, "status"))?.[1] ?? 0));
  return held.reduce((most, kB) => Math.max(kB, most), 0) * 1024;
}

function processes(): number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/** The name in parentheses may hold blanks. */
function parentOf(pid: number): number {
  return Number(/\) \S (\d+)/.exec(fileOf(pid, "stat"))?.[1]);
}

/** Empty where the process has ended meanwhile. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}
