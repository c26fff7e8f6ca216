/** A disk that has room for so many more files, shared by the stores on it: for tests of what happens when it is full. */
import { Fault } from "../base/fault.ts";
import type { WatchedStore } from "./watched-store.ts";

export class FullDisk {
  readonly #stores: readonly WatchedStore[];
  #room: number;

  /** Every write after so many is refused, until room is made; reading and deleting go on. */
  constructor(stores: readonly WatchedStore[], room: number) {
    this.#stores = stores;
    this.#room = room;
    for (const store of stores) {
      const { before } = store;
      store.before = (operation) => {
        if (operation.kind === "set" && --this.#room < 0)
          throw new Fault("quota", `There is no room left to write ${operation.key}`);
        return before(operation);
      };
    }
  }

  holds(store: WatchedStore): boolean {
    return this.#stores.includes(store);
  }

  /** Whether a write was refused. */
  get isFull(): boolean {
    return this.#room < 0;
  }

  makeRoom(): void {
    this.#room = Number.POSITIVE_INFINITY;
  }
}
