/** Labels over a plate's wells: what could not be read is told and counted, and asked for again. */
import { expect, it } from "vitest";
import type { Image } from "../../ome/multiscale.ts";
import { openImage } from "../../ome/open-image.ts";
import { openNode } from "../../ome/open-node.ts";
import { openPlateImages } from "../../ome/plate-images.ts";
import { lookAt } from "../../state/view.ts";
import { makeNucleiPlate } from "../../testing/nuclei-plate.ts";
import { messages, sourceOver, testSession } from "../../testing/services.ts";
import { WatchedStore } from "../../testing/watched-store.ts";
import { addEmptyLabel } from "../../testing/write-pixels.ts";
import { PlateLabels } from "./plate-labels.ts";

/** The second well is unlike the first, and has a label of its own. */
it.each([
  ["A/1/0/labels/nuclei/.zattrs", 0],
  ["A/2/0/labels/nuclei/.zattrs", 1],
  ["A/2/0/labels/nuclei/0/0/0", 1],
])("asks again for %s, which could not be read", async (broken, well) => {
  const store = new WatchedStore();
  await makeNucleiPlate(store, [{ path: "A/1" }, { path: "A/2" }]);
  const own: Image[] = [];
  for (const well of ["A/1", "A/2"])
    own.push(await addEmptyLabel(await openImage(store, `${well}/0`), "nuclei"));
  const node = await openNode(store, "");
  if (node.kind !== "plate") throw new Error("This is no plate");
  const { plate } = node;
  const images = await openPlateImages(plate);
  const session = testSession();
  lookAt(session.view, images.image);
  const labels = new PlateLabels(session, {
    images,
    imageOf: (well) => own[well] ?? images.image,
    isUnlike: (well) => well === 1,
    place: { rows: 1, columns: 2, width: 9, height: 9, gap: 0, scale: 1 },
    wells: plate.wells,
    source: sourceOver(store, session.services).reader,
    nearBelow: 1,
    onChange: () => {},
  });
  /** Looks until nothing is on its way any more. */
  const look = () =>
    expect
      .poll(() => {
        labels.update({ bounds: [0, 0, 18, 9], worldPerPixel: 0.5, z: 0.5, t: 0 });
        labels.shown(0);
        return labels.busy;
      })
      .toBe(false);

  let isBroken = true;
  const answered = new Set<string>();
  store.before = ({ key }) => {
    if (isBroken && key === `/${broken}`) throw new Error(`No answer to ${key}`);
    answered.add(key);
  };
  await look();
  expect(labels.failed).toEqual([well]);
  await look();
  expect(messages(session)).toHaveLength(broken.endsWith(".zattrs") ? 1 : 0);
  isBroken = false;
  labels.retryFailed();
  await look();
  expect(labels.failed).toEqual([]);
  for (const path of ["A/1", "A/2"]) expect(answered).toContain(`/${path}/0/labels/nuclei/0/0/0`);
});
