/**
 * Stands in for `wgsl_reflect` in the bundle: luma.gl asks it to read WebGPU shaders, and everything here is drawn
 * with WebGL. luma.gl reports what the constructor throws.
 */

export class WgslReflect {
  constructor() {
    throw new Error("WGSL shaders cannot be read in this bundle; see vite.config.ts");
  }
}
