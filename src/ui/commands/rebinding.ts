/** Binding a command to other keys: what stands in the way, and the user's keys once it is settled. */
import { clash, unbindable } from "../../editor/shortcuts.ts";
import {
  boundTo,
  COMMANDS,
  type CommandId,
  commandOf,
  type Listed,
  type OwnKeys,
} from "./registry.ts";

/** What becomes of a wish for keys. */
export type Wish =
  | { readonly kind: "free" }
  /** Others have a key of them in the same situation, and would lose it. */
  | { readonly kind: "taken"; readonly by: readonly Listed[] }
  /** Why it cannot be, as a sentence for the user. */
  | { readonly kind: "refused"; readonly sentence: string };

/** What `keys` for a command would run into. */
export function wishFor(own: OwnKeys, id: CommandId, keys: readonly string[]): Wish {
  const { when } = boundTo(own, commandOf(id));
  const reason = keys.map((one) => unbindable(one, when)).find((sentence) => sentence);
  if (reason !== undefined) return { kind: "refused", sentence: reason };
  const by = inTheWay(own, id, keys);
  const fixed = by.find((command) => command.fixed);
  if (fixed)
    return {
      kind: "refused",
      sentence: `“${fixed.title}” has these keys from the browser, and cannot give them up`,
    };
  return by.length > 0 ? { kind: "taken", by } : { kind: "free" };
}

/** The user's keys with `keys` for a command and for no other in its situation. */
export function rebound(own: OwnKeys, id: CommandId, keys: readonly string[]): OwnKeys {
  const wanted = { ...boundTo(own, commandOf(id)), keys };
  const next: Partial<Record<CommandId, readonly string[]>> = { ...own, [id]: keys };
  for (const other of inTheWay(own, id, keys)) {
    const { keys: has } = boundTo(own, other);
    next[other.id] = has.filter((key) => clash(wanted, { ...wanted, keys: [key] }) === undefined);
  }
  // Keys that are as they came are no keys of one's own.
  for (const { id: one, keys: usual = [] } of COMMANDS)
    if (next[one]?.join(" ") === usual.join(" ")) delete next[one];
  return next;
}

function inTheWay(own: OwnKeys, id: CommandId, keys: readonly string[]): readonly Listed[] {
  const wanted = { ...boundTo(own, commandOf(id)), keys };
  return COMMANDS.filter(
    (other) => other.id !== id && clash(wanted, boundTo(own, other)) !== undefined,
  );
}
