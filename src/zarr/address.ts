/** The web address of a file in a store. */
import type { Key } from "./store.ts";

/** Where a file below an address is; the query goes with it. */
export function addressOf(base: URL, key: Key): URL {
  const url = new URL(base);
  const folder = url.pathname.replace(/\/+$/, "");
  url.pathname = folder + key.split("/").map(encodeURIComponent).join("/");
  url.hash = "";
  return url;
}
