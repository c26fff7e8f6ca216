/** The user's own keys, kept in the browser. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Habits } from "../../base/habits.ts";
import { boundTo, COMMANDS, type CommandId, commandOf, type OwnKeys } from "./registry.ts";

const KEYS = "keys";

export interface Bindings {
  readonly own: OwnKeys;
}

/** @param habits where they are kept from visit to visit */
export function createBindings(habits: Habits): StoreApi<Bindings> {
  const bindings = createStore<Bindings>(() => ({ own: ownKeysIn(habits.read(KEYS)) }));
  bindings.subscribe(({ own }) => habits.write(KEYS, own));
  return bindings;
}

/** The keys that mean a command now. */
export function keysFor({ own }: Bindings, id: CommandId): readonly string[] {
  return boundTo(own, commandOf(id)).keys;
}

/** Of what an earlier visit left, whatever is no list of keys of a command there is now is not taken. */
function ownKeysIn(kept: unknown): OwnKeys {
  if (typeof kept !== "object" || kept === null) return {};
  const all = new Map(Object.entries(kept));
  const own: Partial<Record<CommandId, readonly string[]>> = {};
  for (const { id } of COMMANDS) {
    const keys: unknown = all.get(id);
    if (Array.isArray(keys) && keys.every((key) => typeof key === "string")) own[id] = keys;
  }
  return own;
}
