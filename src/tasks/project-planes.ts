/** "Project z" on one ROI: reads its planes some at a time, so that memory holds no volume. */
import type { ComputeTask, Read } from "./compute-task.ts";
import { ZProjection } from "./kernels/project-z.ts";
import type { Voxels } from "./kernels/voxels.ts";
import type { UnitResult } from "./unit-result.ts";

/** @throws Fault "input" for the sum of a float image; whatever reading throws */
export async function projectPlanes(
  { reads, shape: [, height, width], params }: ComputeTask<"project-z">,
  read: (part: Read) => Promise<Voxels>,
): Promise<UnitResult> {
  const projection = new ZProjection(params.method, height * width);
  for (const part of reads) projection.add(await read(part));
  return { kind: "image", pixels: projection.plane() };
}
