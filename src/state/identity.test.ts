/** Folders known by what they hold, not by how they were picked: one in the other share their names. */
import { expect, test } from "vitest";
import { folderAt } from "../testing/folders.ts";
import { testServices } from "../testing/services.ts";
import { namesOf, overlapping, remember } from "./identity.ts";

const tables = "0/tables";

test("a folder that is picked again keeps its identity", async () => {
  const { folders } = testServices();
  const first = await remember(folders, folderAt("/data/plate"), 1);
  const again = await remember(folders, folderAt("/data/plate"), 2);
  const other = await remember(folders, folderAt("/data/plates"), 3);
  expect(again).toMatchObject({ id: first.id, openedAt: 2 });
  expect(other.id).not.toBe(first.id);
  expect(await folders.all()).toHaveLength(2);
});

test("a path has the same names, whether its plate or its well was picked", async () => {
  const { folders } = testServices();
  const plate = await remember(folders, folderAt("/data/plate"), 1);
  const well = await remember(folders, folderAt("/data/plate/B/03"), 2);
  await remember(folders, folderAt("/data/plate/B/04"), 3);
  const names = [`${plate.id}:B/03/${tables}`, `${well.id}:${tables}`].sort();
  expect(await namesOf(folders, plate.handle, `B/03/${tables}`)).toEqual(names);
  expect(await namesOf(folders, well.handle, tables)).toEqual(names);
});

test("paths that only begin alike share nothing", async () => {
  const { folders } = testServices();
  const plate = await remember(folders, folderAt("/data/plate"), 1);
  await remember(folders, folderAt("/data/plate/B/03"), 2);
  expect(await namesOf(folders, plate.handle, `B/030/${tables}`)).toEqual([
    `${plate.id}:B/030/${tables}`,
  ]);
});

test("the folders around one, within it, and itself overlap; its neighbours do not", async () => {
  const { folders } = testServices();
  for (const path of ["/data", "/data/plate", "/data/plate/B", "/data/other"])
    await remember(folders, folderAt(path), 1);
  const found = await overlapping(folders, folderAt("/data/plate"));
  expect(found.map(({ handle }) => handle.name)).toEqual(["data", "plate", "B"]);
});
