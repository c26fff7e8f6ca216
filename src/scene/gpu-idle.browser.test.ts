/** Who waits for the GPU is called back once it is through, never at once, and not when it was given up. */
import { expect, test } from "vitest";
import { whenIdle } from "./gpu-idle.ts";

function context(): WebGL2RenderingContext {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new Error("No WebGL 2");
  return gl;
}

/** Something to do that takes a while. */
function load(gl: WebGL2RenderingContext): void {
  const side = 2048;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, side, side);
  const pixels = new Uint8Array(4 * side ** 2);
  for (let i = 0; i < 8; i++)
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, side, side, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
}

test("it is told once what was given before is done, and not at once", async () => {
  const gl = context();
  load(gl);
  const before = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!before) throw new Error("No fence");
  let calls = 0;
  const told = new Promise<void>((resolve) => {
    whenIdle({ handle: gl }, () => {
      calls++;
      resolve();
    });
  });
  expect(calls).toBe(0);
  await told;
  expect(gl.getSyncParameter(before, gl.SYNC_STATUS)).toBe(gl.SIGNALED);
});

test("what is given up is not told", async () => {
  const gl = context();
  let calls = 0;
  const giveUp = whenIdle({ handle: gl }, () => {
    calls++;
  });
  giveUp();
  await new Promise<void>((resolve) => {
    whenIdle({ handle: gl }, resolve);
  });
  expect(calls).toBe(0);
});

test("a context that is lost keeps nobody waiting", async () => {
  const gl = context();
  load(gl);
  const told = new Promise<void>((resolve) => {
    whenIdle({ handle: gl }, resolve);
  });
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  await told;
  await new Promise<void>((resolve) => {
    whenIdle({ handle: gl }, resolve);
  });
});
