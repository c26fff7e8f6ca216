/** What writes tables: much script, loaded after the image is seen and before it is needed. */

type Saving = typeof import("../table/move-tables.ts") &
  Pick<typeof import("../table/save-table.ts"), "saveTable">;

/** What saves, copies, renames and deletes tables; loaded once. */
export async function loadSaving(): Promise<Saving> {
  const [{ saveTable }, moves] = await Promise.all([
    import("../table/save-table.ts"),
    import("../table/move-tables.ts"),
  ]);
  return { ...moves, saveTable };
}
