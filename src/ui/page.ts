/** What the page itself shows over the image, and the user's keys: shared by all of it, and no part of what is open. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Habits } from "../base/habits.ts";
import { type Bindings, createBindings, keysFor } from "./commands/bindings.ts";
import { keyText } from "./commands/keys.tsx";
import type { Menu } from "./commands/open-menu.ts";
import type { CommandId } from "./commands/registry.ts";

export interface Shown {
  readonly dialog: "palette" | "help" | "picture" | "pixels" | undefined;
  /** The form that makes ROIs. */
  readonly form: "box" | "grid" | undefined;
  /** The search for the objects of a label that become ROIs, and how far it is. */
  readonly search:
    | {
        readonly label: string;
        readonly done: number;
        readonly of: number;
        readonly controller: AbortController;
      }
    | undefined;
  /** The context menu. */
  readonly menu: Menu | undefined;
  /** What the open table is about to be given another name for. */
  readonly naming: "save-as" | "rename" | undefined;
}

export interface Page {
  readonly shown: StoreApi<Shown>;
  readonly bindings: StoreApi<Bindings>;
}

export function createPage(habits: Habits): Page {
  return {
    shown: createStore<Shown>(() => ({
      dialog: undefined,
      form: undefined,
      search: undefined,
      naming: undefined,
      menu: undefined,
    })),
    bindings: createBindings(habits),
  };
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error("A component is used outside its page");
  return page;
}

export function useShown<V>(select: (shown: Shown) => V): V {
  return useStore(usePage().shown, select);
}

/** The first key that means a command now, for key caps on the page. */
export function useKeyOf(): (id: CommandId | undefined) => string | undefined {
  const bindings = useStore(usePage().bindings);
  return (id) => id && keysFor(bindings, id)[0];
}

/** "Undo (Ctrl+Z)": a button's title with the first of its command's keys. */
export function useTitle(id: CommandId): (title: string) => string {
  const key = useKeyOf()(id);
  return (title) => (key === undefined ? title : `${title} (${keyText(key, "+")})`);
}
