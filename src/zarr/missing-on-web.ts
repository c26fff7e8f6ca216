/** How servers say that a file is not there, beside saying so. */
import { isFault } from "../base/fault.ts";
import type { Store } from "./store.ts";

/** Many servers refuse a file that is not there, or show a web page; to be asked where others of the same server were read. */
export function isMissingOnWeb({ spec }: Pick<Store, "spec">, error: unknown): boolean {
  return spec.kind === "url" && (isFault(error, "denied") || isFault(error, "html"));
}
