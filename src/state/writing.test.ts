/** Leave to write: who is asked, and who is kept out meanwhile. */
import { expect, test } from "vitest";
import { sentence } from "../base/fault.ts";
import { folderAt } from "../testing/folders.ts";
import { gate } from "../testing/gate.ts";
import { testServices } from "../testing/services.ts";
import { remember } from "./identity.ts";
import type { Services } from "./services.ts";
import { createSession } from "./session.ts";
import { type Source, sourceOf } from "./source.ts";
import { lockNames, writing } from "./writing.ts";

async function folderSource(path: string, services: Services): Promise<Source> {
  const { id, handle } = await remember(services.folders, folderAt(path), 1);
  return sourceOf({ kind: "folder", handle, id }, { kind: "directory", handle }, services);
}

/** Nothing is done in it. */
const nothing = async () => "done";

test("a plate in one tab and its well in another are the same data; another well is not", async () => {
  const services = testServices();
  const plate = await folderSource("/data/plate", services);
  const well = await folderSource("/data/plate/B/03", services);
  const [one, other] = [createSession(services), createSession(services)];
  const [begun, end] = [gate(), gate()];
  const first = writing(one, plate, "B/03/0/tables", () => {
    begun.open();
    return end.passed;
  });
  await begun.passed;
  const conflict = { tag: "conflict" };
  await expect(writing(other, well, "0/tables", nothing)).rejects.toMatchObject(conflict);
  await expect(writing(other, plate, "B/03/0/tables", nothing)).rejects.toMatchObject(conflict);
  expect(await writing(other, well, "0/labels", nothing)).toBe("done");
  expect(await writing(other, plate, "B/04/0/tables", nothing)).toBe("done");
  end.open();
  await first;
  expect(await writing(other, well, "0/tables", nothing)).toBe("done");
});

test("a folder is written to only by leave, asked for when it is needed", async () => {
  const asked: unknown[] = [];
  const services = testServices({
    permitted: async ({ name }, mode, ask) => {
      asked.push([name, mode, ask]);
      return false;
    },
  });
  const source = await folderSource("/data/plate", services);
  let run = false;
  const denied = writing(createSession(services), source, "tables", async () => {
    run = true;
  });
  await expect(denied).rejects.toMatchObject({
    tag: "denied",
    message: expect.stringContaining('not allowed to write to "plate". Nothing was written'),
  });
  expect([run, asked]).toEqual([false, [["plate", "readwrite", true]]]);
});

test("a web address is never written to", async () => {
  const services = testServices();
  const spec = { kind: "url", url: "https://example.org/a.zarr" } as const;
  const source = sourceOf(spec, spec, services);
  const refused = writing(createSession(services), source, "tables", nothing);
  await expect(refused).rejects.toMatchObject({ tag: "readonly" });
});

test("what the page itself is tidying there is waited for, and no reason to refuse", async () => {
  const services = testServices();
  const session = createSession(services);
  const source = await folderSource("/data/plate", services);
  const tidy = gate();
  const names = await lockNames(session, source, "tables");
  session.opening.tidied = services.locked(names, () => tidy.passed);
  const written = writing(session, source, "tables", nothing).catch(sentence);
  // Time enough to try for the lock.
  for (let turn = 0; turn < 100; turn++) await undefined;
  tidy.open();
  expect(await written).toBe("done");
});

test("what is kept of a well's picture is dropped before it is written to, and no other well's", async () => {
  const services = testServices();
  const source = await folderSource("/data/plate", services);
  if (source.origin.kind !== "folder") throw new Error("no folder");
  const { id } = source.origin;
  const picture = {
    key: "picture",
    of: "",
    at: 1,
    wells: [`${id}:B/03`, `${id}:B/04`],
    place: { rows: 1, columns: 2, width: 1, height: 1, gap: 1, scale: 1 },
    come: new Uint8Array([1, 1]),
    bare: new Map(),
    planes: new Map(),
    windows: new Map(),
  };
  await services.thumbnails.put(picture);
  const session = createSession(services);
  const kept = async () => [...((await services.thumbnails.of("picture"))?.come ?? [])];
  await writing(session, source, "B/03/0/tables", nothing);
  expect(await kept()).toEqual([1, 1]);
  await writing(session, source, "B/03/0", async () => expect(await kept()).toEqual([0, 1]));
});
