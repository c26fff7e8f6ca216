/** Bytes as values. */

/** Whether two files hold the same; undefined is one that is not there. */
export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b?.length !== a.length) return false;
  // A plain loop: with a call for each byte, the files of a large table take longer than a hand waits.
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
