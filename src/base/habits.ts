/** What a user likes, kept from visit to visit under a name. Nothing depends on it: what cannot be kept is forgotten. */

export interface Habits {
  /** What was written under the name, as JSON gives it back: to be parsed by whoever reads; undefined for nothing. */
  readonly read: (name: string) => unknown;
  readonly write: (name: string, value: unknown) => void;
}

/** What of a browser's Storage is needed. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** @param shelf asked for at each use, since a browser that blocks storage throws already here */
export function habitsOn(shelf: () => Shelf): Habits {
  return {
    read: (name) => {
      try {
        return JSON.parse(shelf().getItem(keyOf(name)) ?? "null") ?? undefined;
      } catch {
        // Blocked, or not ours: a habit is not worth a message.
        return undefined;
      }
    },
    write: (name, value) => {
      try {
        shelf().setItem(keyOf(name), JSON.stringify(value));
      } catch {
        // As above: it lasts for this visit.
      }
    },
  };
}

function keyOf(name: string): string {
  return `fovea.${name}`;
}
