/** What the canvas keeps on the GPU while layers come and go. */
import { type Layer, OrthographicView } from "@deck.gl/core";
import { expect, test, vi } from "vitest";
import { imageLayers } from "../../scene/image-layers.ts";
import { tileOf } from "../../testing/tile.ts";
import { openDeck } from "./open-deck.ts";

test("a program is made once, though the last tile drawn with it has left the view meanwhile", async () => {
  const links = vi.spyOn(WebGL2RenderingContext.prototype, "linkProgram");
  const parent = document.createElement("div");
  Object.assign(parent.style, { width: "32px", height: "32px", position: "relative" });
  document.body.append(parent);
  const deck = openDeck(parent, new OrthographicView({ id: "main" }));
  const draw = (layers: Layer[]): Promise<void> =>
    new Promise((drawn) => deck.setProps({ layers, onAfterRender: () => drawn() }));
  const tile = (): Layer[] =>
    imageLayers([tileOf([Uint8Array.of(100)], { width: 1, height: 1, scale: 10 })], {
      channels: [{ index: 0, color: [255, 0, 0], visible: true, window: [0, 200] }],
      idPrefix: "",
    });
  try {
    await draw(tile());
    const made = links.mock.calls.length;
    expect(made).toBeGreaterThan(0);
    await draw([]);
    await draw(tile());
    expect(links.mock.calls.length).toBe(made);
  } finally {
    deck.finalize();
    parent.remove();
    links.mockRestore();
  }
});
