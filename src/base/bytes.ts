/** Bytes as values. */

/** Whether two files hold the same; undefined is one that is not there. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b?.length === a.length && a.every((byte, i) => byte === b[i]);
}
