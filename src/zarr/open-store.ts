/** Makes a store of what names one. */
import { DirectoryStore } from "./directory-store.ts";
import { MemoryStore } from "./memory-store.ts";
import type { Store, StoreSpec, WritableStore } from "./store.ts";
import { UrlStore } from "./url-store.ts";

/** A directory and a memory store can be written. @throws Fault "input" for an address that is none */
export function openStore(spec: Exclude<StoreSpec, { kind: "url" }>): WritableStore;
export function openStore(spec: StoreSpec): Store;
export function openStore(spec: StoreSpec): Store {
  switch (spec.kind) {
    case "url":
      return new UrlStore(spec);
    case "directory":
      return new DirectoryStore(spec);
    case "memory":
      return new MemoryStore(spec);
  }
}
