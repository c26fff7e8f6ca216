/** What writes tables: much script, loaded after the image is seen and before it is needed. */

/** The rooms that save, copy, rename and delete tables; loaded once. */
export async function loadSaving() {
  const [{ saveTable }, moves] = await Promise.all([
    import("../table/save-table.ts"),
    import("../table/move-tables.ts"),
  ]);
  return { ...moves, saveTable };
}
