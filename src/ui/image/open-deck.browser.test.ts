/** What the canvas keeps on the GPU while layers come and go. */
import { type Layer, OrthographicView } from "@deck.gl/core";
import { TextLayer } from "@deck.gl/layers";
import type { Device } from "@luma.gl/core";
import { afterEach, beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { imageLayers } from "../../scene/image-layers.ts";
import { NAME_LOOK } from "../../scene/name-look.ts";
import { tileOf } from "../../testing/tile.ts";
import { openDeck } from "./open-deck.ts";

let links: MockInstance<WebGL2RenderingContext["linkProgram"]>;
let queries: MockInstance<typeof window.matchMedia>;
let parent: HTMLElement;
let deck: ReturnType<typeof openDeck>;
let device: Device;

beforeEach(() => {
  links = vi.spyOn(WebGL2RenderingContext.prototype, "linkProgram");
  queries = vi.spyOn(window, "matchMedia");
  parent = document.createElement("div");
  Object.assign(parent.style, { width: "32px", height: "32px", position: "relative" });
  document.body.append(parent);
  deck = openDeck(parent, new OrthographicView({ id: "main" }), undefined, (found) => {
    device = found;
  });
});

afterEach(() => {
  deck.finalize();
  parent.remove();
  links.mockRestore();
  queries.mockRestore();
});

const draw = (layers: Layer[]): Promise<void> =>
  new Promise((drawn) => deck.setProps({ layers, onAfterRender: () => drawn() }));

const tile = (): Layer[] =>
  imageLayers([tileOf([Uint8Array.of(100)], { width: 1, height: 1, scale: 10 })], {
    channels: [{ index: 0, color: [255, 0, 0], visible: true, window: [0, 200] }],
    idPrefix: "",
  });

test("a texture is made without looking through all of WebGL for what its settings are called", async () => {
  await draw([]);
  const names = vi.spyOn(device as Device & { getGLKey(value: unknown): string }, "getGLKey");
  const made = vi.spyOn(device, "createTexture");
  await draw(tile());
  expect(made).toHaveBeenCalled();
  expect(names).not.toHaveBeenCalled();
});

test("a program is made once, though the last tile drawn with it has left the view meanwhile", async () => {
  await draw(tile());
  const made = links.mock.calls.length;
  expect(made).toBeGreaterThan(0);
  await draw([]);
  await draw(tile());
  expect(links.mock.calls.length).toBe(made);
});

test("text is two programs, and one more text is none: in whatever order they list what they draw", async () => {
  await draw([]);
  const before = links.mock.calls.length;
  const text = (id: string): Layer =>
    new TextLayer({ id, data: [id], getText: () => id, getPosition: () => [0, 0], ...NAME_LOOK });
  await draw([text("a")]);
  await draw([text("a")]);
  expect(links.mock.calls.length).toBe(before + 2);
  await draw([text("a"), text("b")]);
  await draw([text("a"), text("b")]);
  expect(links.mock.calls.length).toBe(before + 2);
});

test("the canvas gets its buffer once while its size stays, and another one when it changes", async () => {
  const setter = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "width")?.set;
  const canvas = parent.querySelector("canvas");
  if (!canvas || !setter) throw new Error("no canvas");
  const widths: number[] = [];
  Object.defineProperty(canvas, "width", {
    get: () => Number(canvas.getAttribute("width")),
    set: (width: number) => {
      widths.push(width);
      setter.call(canvas, width);
    },
  });
  await draw(tile());
  // The browser has told what watches the canvas of its size.
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  expect(widths).toEqual([]);
  parent.style.width = "48px";
  await expect.poll(() => widths).toEqual([48 * devicePixelRatio]);
});

test("the page listens for nothing in the canvas' name, which would hold on to it once it is closed", async () => {
  await draw([]);
  // After what luma.gl put off when it made the device.
  await new Promise((resolve) => setTimeout(resolve));
  expect(queries).not.toHaveBeenCalled();
});
