/** The page of the streaming bench that Fovea is compared with: one bare layer of Viv with a well's second level, and a hand. */
import { Deck, OrthographicView } from "@deck.gl/core";
import { ColorPaletteExtension, XRLayer } from "@hms-dbmi/viv";
import { openNode } from "../../src/ome/open-node.ts";
import { type Camera, type CanvasSize, fitRect } from "../../src/scene/camera.ts";
import { panned, zoomedAt } from "../../src/scene/camera-moves.ts";
import { ChunkReader } from "../../src/zarr/chunk-reader.ts";
import { decodeInWorkers } from "../../src/zarr/decode-pool.ts";
import { openStore } from "../../src/zarr/open-store.ts";

declare global {
  interface Window {
    /** Shows the whole image. */
    fitBare: () => void;
  }
}

const LEVEL = 1;
const COLORS = [
  [0, 255, 255],
  [255, 0, 255],
  [255, 255, 0],
];

const query = new URLSearchParams(location.search);
const [left = 0, top = 0, width = 0, height = 0] = (query.get("place") ?? "")
  .split(",")
  .map(Number);
const size: CanvasSize = { width, height };

const parent = document.createElement("div");
Object.assign(parent.style, {
  position: "fixed",
  left: `${left}px`,
  top: `${top}px`,
  width: `${width}px`,
  height: `${height}px`,
});
document.body.append(parent);

const node = await openNode(openStore({ kind: "url", url: query.get("source") ?? "" }), "");
if (node.kind !== "image") throw new Error("The bench shows an image");
const { array, grid } = node.image.levels[LEVEL] ?? node.image.levels[0];
const reader = new ChunkReader({ decode: decodeInWorkers(2).decode });
const chunks = await Promise.all(COLORS.map((_, c) => reader.read(array, [c, 0, 0, 0])));
const [, rows, columns] = grid.shape;
const [, scaleY, scaleX] = grid.scale;
const layer = new XRLayer({
  id: "bare",
  bounds: [0, rows * scaleY, columns * scaleX, 0],
  channelData: { data: chunks.map((chunk) => chunk?.data), width: columns, height: rows },
  selections: COLORS.map(() => ({})),
  channelsVisible: COLORS.map(() => true),
  colors: COLORS,
  contrastLimits: COLORS.map(() => [100, 1200]),
  dtype: "Uint16",
  extensions: [new ColorPaletteExtension()],
  interpolation: "nearest",
  pickable: false,
});

const whole = (): Camera => fitRect([0, 0, columns * scaleX, rows * scaleY], size);
let camera = whole();
const deck = new Deck({
  parent,
  views: new OrthographicView({ id: "main", flipY: true }),
  controller: false,
  viewState: { target: [0, 0, 0], zoom: 0 },
  layers: [layer],
  useDevicePixels: true,
});
let isAsked = false;
const show = (next: Camera): void => {
  camera = next;
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    const [x, y] = camera.target;
    deck.setProps({ viewState: { target: [x, y, 0], zoom: camera.zoom } });
  });
};
show(camera);
window.fitBare = () => show(whole());

addEventListener("wheel", (event) => {
  const at = { x: event.clientX - left, y: event.clientY - top };
  show(zoomedAt(camera, size, at, camera.zoom - (event.deltaY / 100) * Math.log2(1.25)));
});
addEventListener("pointermove", (event) => {
  if (event.buttons === 1) show(panned(camera, event.movementX, event.movementY));
});
