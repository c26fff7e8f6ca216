/** Saves that are cut off, on a real file system with the browser's own locks and its own list of folders. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { addRoi, newRoi } from "../editor/commands.ts";
import { gate } from "../testing/gate.ts";
import { privateFolderPerTest } from "../testing/private-folder.ts";
import { flatBox } from "../testing/roi-builder.ts";
import { messages, noShelf } from "../testing/services.ts";
import { putRois, smallImage } from "../testing/tables.ts";
import { DirectoryStore } from "../zarr/directory-store.ts";
import { openStore } from "../zarr/open-store.ts";
import type { Key, WritableStore } from "../zarr/store.ts";
import { browserServices } from "./browser-services.ts";
import { remember } from "./identity.ts";
import { openFolder, openSource } from "./open.ts";
import { edit, unsavedCount } from "./rois.ts";
import { saveRois } from "./save.ts";
import type { Services } from "./services.ts";
import { createSession, type Session } from "./session.ts";
import { sourceOf } from "./source.ts";

const TABLE = "tables/FOV_ROI_table";
const services = browserServices("test", noShelf);
const folder = privateFolderPerTest();
let id = "";

/** A folder that asks before each write. */
class GuardedStore extends DirectoryStore implements WritableStore {
  before: (key: Key) => unknown = () => undefined;

  override async set(...args: Parameters<DirectoryStore["set"]>): Promise<void> {
    await this.before(args[0]);
    await super.set(...args);
  }
}

beforeEach(async () => {
  const store = openStore({ kind: "directory", handle: folder() });
  await smallImage(store);
  await putRois(store, "FOV_ROI_table", { backend: "anndata" });
  ({ id } = await remember(services.folders, folder(), 1));
});

afterEach(async () => {
  await services.folders.remove(id);
  await (await services.journal())?.delete(`/${id}`);
});

/** A tab with one new ROI, which changes several files, and the store it is saved through. */
async function tabWithChange(): Promise<{ tab: Session; store: GuardedStore }> {
  const tab = createSession(services);
  const spec = { kind: "directory", handle: folder() } as const;
  const store = new GuardedStore(spec);
  const origin = { kind: "folder", handle: folder(), id } as const;
  await openSource(tab, { ...sourceOf(origin, spec, services), store });
  const { rois } = tab.rois.getState().document;
  edit(tab, addRoi(rois, newRoi(rois, flatBox([40, 40, 50, 50]))));
  return { tab, store };
}

/** The power goes when so many files of the table are written. */
async function cutOff(after: number): Promise<void> {
  const { tab, store } = await tabWithChange();
  let left = after;
  store.before = () => {
    if (left-- <= 0) throw new Fault("denied", "The power is gone");
  };
  await saveRois(tab);
  expect(messages(tab)).toEqual([expect.stringMatching(/^Not saved: The power is gone/)]);
  expect(unsavedCount(tab.rois.getState())).toBe(1);
}

async function opened(over: Partial<Services> = {}): Promise<Session> {
  const session = createSession({ ...services, ...over });
  await openFolder(session, folder());
  expect(session.opened.getState().kind).toBe("open");
  return session;
}

const namesIn = ({ rois }: Session) => [...rois.getState().document.rois.base.names];

test("a save that was cut off is finished at the next opening, which says so once", async () => {
  await cutOff(2);
  const next = await opened();
  expect(messages(next)).toEqual([`A change of ${TABLE} that had been cut off is now finished`]);
  expect(namesIn(next)).toEqual(["FOV_1", "FOV_2", "roi"]);
  const later = await opened();
  expect([messages(later), namesIn(later)]).toEqual([[], ["FOV_1", "FOV_2", "roi"]]);
});

test("it is kept until there is leave to write", async () => {
  await cutOff(0);
  const wary = await opened({ permitted: async (_folder, mode) => mode === "read" });
  expect(messages(wary)).toEqual([
    expect.stringMatching(/was cut off. It is kept in this browser/),
  ]);
  expect(namesIn(wary)).toEqual(["FOV_1", "FOV_2"]);
  expect(namesIn(await opened())).toEqual(["FOV_1", "FOV_2", "roi"]);
});

test("where the table was changed since, the opening says that it cannot be finished", async () => {
  await cutOff(0);
  const disk = openStore({ kind: "directory", handle: folder() });
  const columns = `/${TABLE}/X/.zarray` as const;
  await disk.set(columns, new TextEncoder().encode('{"another": "program"}'));
  const next = await opened();
  expect(messages(next)[0]).toMatch(
    `A change of ${TABLE} was cut off and cannot be finished. ${TABLE}/`,
  );
});

test("a journal that cannot be understood keeps nothing from being opened", async () => {
  const journal = await services.journal();
  await journal?.set(`/${id}/entry/header.json`, new TextEncoder().encode('{"version": 2}'));
  const next = await opened();
  expect(messages(next)).toEqual([
    expect.stringContaining("journal of saves cannot be understood"),
  ]);
  expect(namesIn(next)).toEqual(["FOV_1", "FOV_2"]);
});

test("a save under way in another tab is left to that tab", async () => {
  const { tab, store } = await tabWithChange();
  const [reached, held] = [gate(), gate()];
  store.before = () => {
    reached.open();
    return held.passed;
  };
  const saving = saveRois(tab);
  await reached.passed;
  const next = await opened();
  expect([messages(next), namesIn(next)]).toEqual([[], ["FOV_1", "FOV_2"]]);
  held.open();
  await saving;
  expect(messages(tab)).toEqual(["Saved FOV_ROI_table: 1 added"]);
  expect(namesIn(await opened())).toEqual(["FOV_1", "FOV_2", "roi"]);
});
