/** Who waits for the GPU is called back once it is through, never at once, and not when it was given up. */
import { expect, test } from "vitest";
import { whenFree, whenIdle } from "./gpu-idle.ts";

function context(): WebGL2RenderingContext {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) throw new Error("No WebGL 2");
  return gl;
}

const CORNERS = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0, 1); }`;
const SLOW = `#version 300 es
precision highp float;
out vec4 color;
void main() {
  color = gl_FragCoord;
  for (int i = 0; i < 500; i++) color = fract(color * 1.37 + 0.1);
}`;

/** Something to draw that takes a while. */
function load(gl: WebGL2RenderingContext): void {
  gl.canvas.width = gl.canvas.height = 512;
  gl.viewport(0, 0, 512, 512);
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, CORNERS],
    [gl.FRAGMENT_SHADER, SLOW],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error("No shader");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl["useProgram"](program);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
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
    whenIdle({ handle: gl }, () => resolve());
  });
  expect(calls).toBe(0);
});

test("a context that is lost keeps nobody waiting", async () => {
  const gl = context();
  load(gl);
  const told = new Promise<void>((resolve) => {
    whenIdle({ handle: gl }, () => resolve());
  });
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  await told;
  await new Promise<void>((resolve) => {
    whenIdle({ handle: gl }, () => resolve());
  });
});

test("who waits until it is free waits on when it was not through at once", async () => {
  const gl = context();
  const fences = counted(gl);
  load(gl);
  await new Promise<void>((resolve) => {
    whenFree({ handle: gl }, resolve);
  });
  expect(fences()).toBeGreaterThan(1);
});

test("what waits until it is free is given up while it waits on", async () => {
  const gl = context();
  const fences = counted(gl);
  load(gl);
  const giveUp = whenFree({ handle: gl }, () => undefined);
  await new Promise<void>((resolve) => {
    whenIdle({ handle: gl }, () => resolve());
  });
  const asked = fences();
  giveUp();
  // Another waits as the first did, from later on.
  const other = context();
  load(other);
  await new Promise<void>((resolve) => {
    whenFree({ handle: other }, resolve);
  });
  expect(fences()).toBe(asked);
});

/** How many fences it was given so far. */
function counted(gl: WebGL2RenderingContext): () => number {
  const fenceSync = gl.fenceSync.bind(gl);
  let count = 0;
  gl.fenceSync = (...args) => {
    count++;
    return fenceSync(...args);
  };
  return () => count;
}
