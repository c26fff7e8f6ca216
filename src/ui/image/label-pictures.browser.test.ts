/** A label that cannot be opened is told of and asked for again; what the user chose to be drawn stays chosen. */
import { beforeEach, expect, test } from "vitest";
import { Maxima } from "../../ome/maximum-source.ts";
import type { Image, Multiscale } from "../../ome/multiscale.ts";
import { ImageTiles } from "../../scene/image-tiles.ts";
import { drawnLabels, keepLabelLooks } from "../../state/labels.ts";
import { openSource } from "../../state/open.ts";
import type { Session } from "../../state/session.ts";
import { openPlace } from "../../state/source.ts";
import { gate } from "../../testing/gate.ts";
import { messages, sourceOver, testServices, testSession } from "../../testing/services.ts";
import { smallImage } from "../../testing/tables.ts";
import { WatchedStore } from "../../testing/watched-store.ts";
import { addEmptyLabel } from "../../testing/write-pixels.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import { LabelPictures } from "./label-pictures.ts";

const NUCLEI = /^\/labels\/nuclei\//;
const LOOK = { bounds: [0, 0, 9, 9], worldPerPixel: 1, z: 0, t: 0 } as const;

let store: WatchedStore;
let services: ReturnType<typeof testServices>;
beforeEach(async () => {
  store = new WatchedStore();
  services = testServices();
  await addEmptyLabel(await smallImage(store), "nuclei");
});

async function opened(): Promise<{ session: Session; image: Image; reader: ChunkSource }> {
  const session = testSession(services);
  keepLabelLooks(session);
  await openSource(session, sourceOver(store, services));
  const place = openPlace(session.opened.getState());
  if (!place?.image) throw new Error("No image is open");
  return { session, image: place.image, reader: place.source.reader };
}

/** The labels of an open image, asked for as frames ask: once at first, and whenever something has changed. */
function looked({ session, image, reader }: Awaited<ReturnType<typeof opened>>): LabelPictures {
  const maxima = new Maxima(session.services.findMaximum);
  const tilesOf = (multiscale: Multiscale, source: ChunkSource): ImageTiles =>
    new ImageTiles(multiscale, source, maxima, () => undefined);
  const look = (): void => pictures.update(LOOK, undefined);
  const pictures = new LabelPictures(session, { image, reader, tilesOf, onChange: look });
  look();
  return pictures;
}

test("one that cannot be opened is counted and told, stays chosen, and comes when it is asked for again", async () => {
  store.before = ({ key }) => {
    if (NUCLEI.test(key)) throw new Error("The network went away");
  };
  const place = await opened();
  const pictures = looked(place);
  await expect.poll(() => pictures.busy).toBe(false);
  expect([pictures.failed, pictures.open]).toEqual([1, []]);
  expect(messages(place.session)).toEqual(["The network went away"]);
  pictures.retry();
  await expect.poll(() => pictures.busy).toBe(false);
  expect(place.session.notices.getState().list).toMatchObject([{ times: 1 }]);
  // Neither here nor in the next image of the source.
  expect(drawnLabels(place.session.view.getState())).toEqual(["nuclei"]);
  expect(drawnLabels((await opened()).session.view.getState())).toEqual(["nuclei"]);
  store.before = () => undefined;
  pictures.retry();
  await expect.poll(() => pictures.open.map(({ name }) => name)).toEqual(["nuclei"]);
  expect([pictures.failed, messages(place.session)]).toEqual([0, []]);
  pictures.close();
});

test("one that is left while it opens is no failure", async () => {
  const answer = gate();
  const place = await opened();
  store.before = ({ key }) => (NUCLEI.test(key) ? answer.passed : undefined);
  const pictures = looked(place);
  expect(pictures.busy).toBe(true);
  pictures.close();
  expect(pictures.busy).toBe(false);
  answer.open();
  // It takes as long as what was given up would have taken.
  const next = looked(place);
  await expect.poll(() => next.open.map(({ name }) => name)).toEqual(["nuclei"]);
  expect([pictures.open, pictures.failed, messages(place.session)]).toEqual([[], 0, []]);
  expect(drawnLabels((await opened()).session.view.getState())).toEqual(["nuclei"]);
  next.close();
});
