/** Waits for the GPU: who asks it for an answer meanwhile, as whether a program is made, keeps the page waiting with it. */
import type { Device } from "@luma.gl/core";

/** Between two looks, in milliseconds. A look keeps nobody waiting. */
const LOOK = 8;

/** Calls back, never at once, when the GPU has done all that it was given before. @returns gives it up */
export function whenIdle({ handle: gl }: Pick<Device, "handle">, act: () => void): () => void {
  if (!(gl instanceof WebGL2RenderingContext)) throw new TypeError("Fovea draws with WebGL 2");
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const isThrough = (): boolean =>
    // A context that is lost does nothing any more.
    fence === null ||
    gl.isContextLost() ||
    gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
  const look = (): void => {
    if (isThrough()) {
      gl.deleteSync(fence);
      act();
    } else timer = setTimeout(look, LOOK);
  };
  let timer = setTimeout(look);
  return () => {
    clearTimeout(timer);
    gl.deleteSync(fence);
  };
}
