/** A store as if it were a server's, for what is only said of those. */
import type { Store } from "../zarr/store.ts";

export function onWeb(store: Store): Store {
  return {
    spec: { kind: "url", url: "https://example.org/data.zarr" },
    get: (key, options) => store.get(key, options),
    getRange: (key, range, options) => store.getRange(key, range, options),
  };
}
