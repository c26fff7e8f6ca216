/** Which names a label may have: it becomes a folder, on any file system and under any URL. */

/** Names that Zarr uses, or that other tools keep for their own. */
const RESERVED = /^(?:__|_ngio)|^zarr\.json$|^\./;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[\u0000-\u001f"*/:<>?\\|%#]/;
/** Names that Windows keeps for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Why a label cannot have a name, as a sentence, or undefined if it can. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === "") return "A label needs a name";
  if (name !== name.trim()) return "The name of a label cannot begin or end with a space";
  const unsafe = UNSAFE.exec(name)?.[0];
  if (unsafe !== undefined)
    return unsafe < " "
      ? "The name of a label cannot hold control characters"
      : `The name of a label cannot hold "${unsafe}", which is no part of a folder's name everywhere`;
  if (/[.~]$/.test(name)) return `The name of a label cannot end with "${name.at(-1)}"`;
  if (RESERVED.test(name))
    return `The name "${name}" is reserved: choose one that begins otherwise`;
  if (DEVICE.test(name)) return `The name "${name}" is reserved by Windows: choose another`;
  if (new TextEncoder().encode(name).length > 200)
    return "The name of a label is at most 200 bytes long";
  return undefined;
}
