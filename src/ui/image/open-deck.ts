/** A deck.gl canvas as Fovea uses it: the camera and the hand are its own, and nothing is picked on the GPU. */
import { Deck, type DeckProps, OrbitView, type OrthographicView } from "@deck.gl/core";
import type { Device } from "@luma.gl/core";
import { linkOnce } from "../../scene/link-once.ts";
import { listenToNothing } from "../../scene/listen-to-nothing.ts";
import { nameNothing } from "../../scene/name-nothing.ts";
import { ShiftingDeck } from "../../scene/shifting-deck.ts";
import { sizeOnce } from "../../scene/size-once.ts";

/** @param cursor CSS cursor over the canvas @param onDevice told of the GPU before anything is drawn */
export function openDeck(
  parent: HTMLElement,
  views: OrthographicView | OrbitView,
  cursor: () => string = () => "inherit",
  onDevice: (device: Device) => void = () => {},
): Deck<OrthographicView | OrbitView> {
  const isFlat = !(views instanceof OrbitView);
  const props: DeckProps<OrthographicView | OrbitView> = {
    parent: parent as HTMLDivElement,
    views,
    controller: false,
    onDeviceInitialized: (device) => {
      linkOnce(device);
      nameNothing(device);
      listenToNothing(device);
      sizeOnce(device);
      onDevice(device);
    },
    viewState: { target: [0, 0, 0], zoom: 0 },
    layers: [],
    deviceProps: {
      // What lies flat fades out at its edges by itself, and without this is drawn in a part of the time.
      webgl: { antialias: !isFlat },
      // There are few programs, and a new one keeps a hand waiting: one whose last tile left the view is kept.
      _cacheDestroyPolicy: "never",
      // A program that a graphics card drops half made would otherwise be shown over the whole page, for who develops.
      debugShaders: "never",
    },
    // Picking is done on the CPU; deck must not read pixels back for it.
    getCursor: cursor,
    useDevicePixels: true,
  };
  const deck = isFlat ? new ShiftingDeck(props) : new Deck(props);
  const canvas = parent.querySelector("canvas");
  // A buffer that is resized after the first drawing waits until that is through.
  if (canvas) {
    canvas.width = Math.max(1, Math.round(parent.clientWidth * devicePixelRatio));
    canvas.height = Math.max(1, Math.round(parent.clientHeight * devicePixelRatio));
  }
  return deck;
}
