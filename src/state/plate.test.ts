/** What stands for the wells of an open plate: as a link says it, and with the picture that was kept of just this plate. */
import { expect, test } from "vitest";
import { serve } from "../testing/counting-server.ts";
import { makeNucleiPlate } from "../testing/nuclei-plate.ts";
import { messages, testSession } from "../testing/services.ts";
import { MemoryStore } from "../zarr/memory-store.ts";
import { closeAll, openUrl } from "./open.ts";
import type { Session } from "./session.ts";
import { type Thumbnail, thumbnailOf } from "./thumbnails.ts";

async function withPlate(use: (session: Session, url: string) => Promise<void>): Promise<void> {
  const store = new MemoryStore();
  await makeNucleiPlate(store, [{ path: "B/01" }, { path: "B/02" }]);
  const server = await serve(store.spec);
  try {
    await use(testSession(), server.url);
  } finally {
    await server.close();
  }
}

/** A picture of the plate that is open. */
function pictureOf({ opened, plate }: Session): Thumbnail {
  const [at, shown] = [opened.getState(), plate.getState()];
  if (at.kind !== "open" || !at.place.plate || shown.kind !== "shown") throw new Error("no plate");
  const { image, name } = shown.images;
  const facts = thumbnailOf(at.place.source.origin, at.place.plate, { image, name, z: 0, t: 0 });
  if (!facts) throw new Error("none is kept");
  return {
    ...facts,
    at: 1,
    place: { rows: 1, columns: 2, width: 1, height: 1, gap: 1, scale: 1 },
    come: new Uint8Array([1, 1]),
    bare: new Map(),
    planes: new Map([[0, new Uint16Array([1, 0, 2, 0])]]),
    windows: new Map(),
  };
}

test("a link says how a plate is looked at", async () => {
  await withPlate(async (session, url) => {
    const camera = { x: 1, y: 2, worldPerPixel: 0.5, well: "B/02" };
    const channels = [
      { index: 0, color: [1, 2, 3], window: [4, 5], gamma: 1, lut: undefined },
    ] as const;
    await openUrl(session, url, { linked: { camera, channels } });
    expect(session.view.getState().camera).toEqual(camera);
    expect(session.view.getState().channels).toMatchObject(channels);
    expect(messages(session)).toEqual([]);
    closeAll(session);
    expect(session.plate.getState()).toEqual({ kind: "opening" });
  });
});

test("the picture kept of a plate is found again, and not that of a plate which has changed since", async () => {
  await withPlate(async (session, url) => {
    await openUrl(session, url);
    expect(session.plate.getState()).toMatchObject({ kind: "shown", kept: undefined });
    const picture = pictureOf(session);
    await session.services.thumbnails.put(picture);
    await openUrl(session, url);
    expect(session.plate.getState()).toMatchObject({ kind: "shown", kept: picture });
    await session.services.thumbnails.put({ ...picture, of: "other wells" });
    await openUrl(session, url);
    expect(session.plate.getState()).toMatchObject({ kind: "shown", kept: undefined });
  });
});
