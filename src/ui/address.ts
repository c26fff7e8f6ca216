/** The page's address: what it asks to be opened, and what it should say for what is open. */

import { openDemo } from "../state/demo.ts";
import { closeAll, openUrl } from "../state/open.ts";
import type { Session } from "../state/session.ts";

/** Opens what the address asks for: `?demo`, or `?source=<url>`; with `&inside=<path>` of a plate and `&table=<name>`. */
export function openFromAddress(session: Session, address: URL): void {
  const source = address.searchParams.get("source");
  const table = address.searchParams.get("table") ?? undefined;
  const inside = address.searchParams.get("inside") ?? undefined;
  if (source !== null) void openUrl(session, source, { table, inside });
  else if (address.searchParams.has("demo")) void openDemo(session, { table, inside });
  else closeAll(session);
}

/** The address of what is open, so that a reload or a copied link comes back to it. A folder has none. */
export function addressOf(
  origin:
    | { readonly kind: "url"; readonly url: string }
    | { readonly kind: "demo" | "folder" | "none" },
  { table, inside }: { readonly table: string | undefined; readonly inside: string | undefined },
): string {
  const query = new URLSearchParams();
  if (origin.kind === "url") query.set("source", origin.url);
  if (origin.kind === "demo") query.set("demo", "");
  // The demo's address alone leads to its first well, any other plate's to the plate.
  const isImplied = origin.kind !== "demo" && inside === "";
  if (inside !== undefined && !isImplied && query.size > 0) query.set("inside", inside);
  if (table !== undefined && query.size > 0) query.set("table", table);
  const text = query.toString().replace(/^demo=/, "demo");
  return text === "" ? "./" : `?${text}`;
}
