/** Which names a table may have, so that every disk and every tool keeps it apart from the others. */

/** What some disk cannot have in a folder's name, or zarr in a path. */
const FORBIDDEN = /[<>:"/\\|?*\p{Cc}]/u;
/** Device names of Windows. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Why a table cannot be named so, as a sentence; undefined where it can. Disks of Windows and macOS take names that
 * differ in case alone for one.
 *
 * @param others the names of the image's other tables
 */
export function tableNameProblem(name: string, others: Iterable<string>): string | undefined {
  if (name.trim() === "") return "A table needs a name";
  const [bad] = FORBIDDEN.exec(name) ?? [];
  if (bad !== undefined)
    return `A table's name cannot hold ${/\p{Cc}/u.test(bad) ? "a line break or tab" : bad}`;
  if (name !== name.trim() || name.endsWith("."))
    return "A table's name cannot begin or end with a space, nor end with a dot";
  if (/^[._]/.test(name)) return `A table's name cannot begin with "${name[0]}"`;
  if (DEVICE.test(name)) return `"${name}" names a device on Windows`;
  if (name.length > MOST_LETTERS) return `A table's name can have ${MOST_LETTERS} letters at most`;
  for (const other of others) {
    if (other === name) return `There is a table named "${name}" already`;
    if (other.toLowerCase() === name.toLowerCase())
      return `"${name}" and "${other}" differ in case alone, which many disks cannot tell apart`;
  }
  return undefined;
}

const MOST_LETTERS = 200;
