/** Makes a store of what names one. */
import { type DirectorySpec, DirectoryStore } from "./directory-store.ts";
import { type MemorySpec, MemoryStore } from "./memory-store.ts";
import type { Store, StoreSpec, WritableStore } from "./store.ts";
import { type Patience, UrlStore } from "./url-store.ts";

/** A directory and a memory store can be written; only a web address calls for patience. @throws Fault "input" for an address that is none */
export function openStore(spec: MemorySpec | DirectorySpec): WritableStore;
export function openStore(spec: StoreSpec, patience?: Patience): Store;
export function openStore(spec: StoreSpec, patience?: Patience): Store {
  switch (spec.kind) {
    case "url":
      return new UrlStore(spec, patience);
    case "directory":
      return new DirectoryStore(spec);
    case "memory":
      return new MemoryStore(spec);
  }
}
