/** A deck.gl canvas as Fovea uses it: the camera and the hand are its own, and nothing is picked on the GPU. */
import { Deck, OrbitView, type OrthographicView } from "@deck.gl/core";

/** @param cursor CSS cursor over the canvas */
export function openDeck(
  parent: HTMLElement,
  views: OrthographicView | OrbitView,
  cursor: () => string = () => "inherit",
): Deck<OrthographicView | OrbitView> {
  const deck = new Deck<OrthographicView | OrbitView>({
    parent: parent as HTMLDivElement,
    views,
    controller: false,
    viewState: { target: [0, 0, 0], zoom: 0 },
    layers: [],
    deviceProps: {
      // What lies flat fades out at its edges by itself, and without this is drawn in a part of the time.
      webgl: { antialias: views instanceof OrbitView },
      // There are few programs, and a new one keeps a hand waiting: one whose last tile left the view is kept.
      _cacheDestroyPolicy: "never",
    },
    // Picking is done on the CPU; deck must not read pixels back for it.
    getCursor: cursor,
    useDevicePixels: true,
  });
  const canvas = parent.querySelector("canvas");
  // A buffer that is resized after the first drawing waits until that is through.
  if (canvas) {
    canvas.width = Math.max(1, Math.round(parent.clientWidth * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(parent.clientHeight * devicePixelRatio));
  }
  return deck;
}
