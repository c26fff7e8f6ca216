/** What would keep a hand waiting, done one by one whenever the GPU has nothing to do. */
import type { Device } from "@luma.gl/core";
import { whenIdle } from "../../scene/gpu-idle.ts";

export class Turns {
  readonly #onDone: () => void;
  #giveUp: (() => void) | undefined;

  /** @param onDone told after each, to draw with what there is now */
  constructor(onDone: () => void) {
    this.#onDone = onDone;
  }

  /** Does it when the GPU is idle; while something waits for that already, nothing. */
  next(device: Device, act: () => void): void {
    this.#giveUp ??= whenIdle(device, () => {
      this.#giveUp = undefined;
      act();
      this.#onDone();
    });
  }

  close(): void {
    this.#giveUp?.();
  }
}
