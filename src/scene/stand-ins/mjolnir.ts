/**
 * Stands in for `mjolnir.js` in the bundle: deck.gl would listen to gestures with it, but its canvases are inert here, as
 * the hand and the camera are Fovea's own.
 */

export class EventManager {
  /** Nothing is listened to. */
  on(): void {}
  off(): void {}
  destroy(): void {}
}

class Recognizer {}
export const Pan: typeof Recognizer = Recognizer;
export const Pinch: typeof Recognizer = Recognizer;
export const Tap: typeof Recognizer = Recognizer;

export const InputDirection: object = {};
