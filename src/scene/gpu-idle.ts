/** Waits for the GPU: who asks it for an answer meanwhile, as whether a program is made, keeps the page waiting with it. */
import type { Device } from "@luma.gl/core";

/** Between two looks, in milliseconds. A look keeps nobody waiting. */
const LOOK = 4;

/** By which look a GPU that has nothing else to do is through with nothing. */
const PROMPT = 2;

/** How long it is left alone when it was not, in milliseconds: what it put on the screen is often followed by more. */
const CALM = 50;

/**
 * Calls back, never at once, when the GPU has done all that it was given before, with how many looks that took.
 * @returns gives it up
 */
export function whenIdle(
  { handle: gl }: Pick<Device, "handle">,
  act: (looks: number) => void,
): () => void {
  if (!(gl instanceof WebGL2RenderingContext)) throw new TypeError("Fovea draws with WebGL 2");
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const isThrough = (): boolean =>
    // A context that is lost does nothing any more.
    fence === null ||
    gl.isContextLost() ||
    gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
  let looks = 0;
  const look = (): void => {
    looks++;
    if (isThrough()) {
      gl.deleteSync(fence);
      act(looks);
    } else timer = setTimeout(look, LOOK);
  };
  let timer = setTimeout(look);
  return () => {
    clearTimeout(timer);
    gl.deleteSync(fence);
  };
}

/**
 * Calls back, never at once, when the GPU gets to what it is given at once: it puts the page on the screen as well, which
 * takes it long where it is software, and who asks it for an answer meanwhile waits for that too. @returns gives it up
 */
export function whenFree(device: Pick<Device, "handle">, act: () => void): () => void {
  let giveUp = (): void => undefined;
  const ask = (): void => {
    giveUp = whenIdle(device, (looks) => {
      if (looks <= PROMPT) return act();
      const timer = setTimeout(ask, CALM);
      giveUp = () => clearTimeout(timer);
    });
  };
  ask();
  return () => giveUp();
}
