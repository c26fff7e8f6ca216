/** How components reach the session and select from its stores. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Session } from "../state/session.ts";

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("A component is used outside its session");
  return session;
}

/** A value selected from one of the session's stores; the component draws again when it changes. */
export function useSelect<T, V>(
  store: (session: Session) => StoreApi<T>,
  select: (state: T) => V,
): V {
  return useStore(store(useSession()), select);
}
