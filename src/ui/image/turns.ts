/** What would keep a hand waiting, done one by one whenever the GPU has nothing to do. */
import type { Device } from "@luma.gl/core";
import { whenFree, whenIdle } from "../../scene/gpu-idle.ts";

export class Turns {
  readonly #onDone: () => void;
  #giveUp: (() => void) | undefined;

  /** @param onDone told after each, to draw with what there is now */
  constructor(onDone: () => void) {
    this.#onDone = onDone;
  }

  /** Does it when the GPU is through with what it was given; while something waits already, nothing. */
  next(device: Device, act: () => void): void {
    this.#giveUp ??= whenIdle(device, () => this.#do(act));
  }

  /** The same with what has time until the GPU has nothing else to do for the page either. */
  spare(device: Device, act: () => void): void {
    this.#giveUp ??= whenFree(device, () => this.#do(act));
  }

  close(): void {
    this.#giveUp?.();
  }

  #do(act: () => void): void {
    this.#giveUp = undefined;
    act();
    this.#onDone();
  }
}
