/** What writes tables: much script, loaded after the image is seen and before it is needed. */

type Saving = typeof import("../table/move-tables.ts") &
  Pick<typeof import("../table/save-table.ts"), "saveTable"> &
  Pick<typeof import("../table/create-table.ts"), "createTable">;

/** What saves, copies, renames and deletes tables; loaded once. */
export async function loadSaving(): Promise<Saving> {
  const [{ saveTable }, { createTable }, moves] = await Promise.all([
    import("../table/save-table.ts"),
    import("../table/create-table.ts"),
    import("../table/move-tables.ts"),
  ]);
  return { ...moves, saveTable, createTable };
}
