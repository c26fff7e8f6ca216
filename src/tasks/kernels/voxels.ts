/** What kernels read and write: flat arrays in z, y, x order, last axis fastest; a plane is a volume with one z. */

/** Values of an image. 64-bit integers are left out: they are ids, not intensities. */
export type Voxels =
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;
