/** Folders that were opened, in IndexedDB: handles can be kept nowhere else. */
import type { HandleRegistry, KnownFolder } from "./identity.ts";
import { answer, type Indexed, transact } from "./indexed.ts";

const FOLDERS = "folders";

const DATABASE: Indexed = {
  name: "fovea",
  version: 1,
  upgrade: ({ result }) => {
    result.createObjectStore(FOLDERS, { keyPath: "id" });
  },
};

export function indexedFolders(): HandleRegistry {
  const ask = <T>(
    mode: IDBTransactionMode,
    use: (folders: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> =>
    transact(DATABASE, FOLDERS, mode, (transaction) =>
      answer(use(transaction.objectStore(FOLDERS))),
    );
  return {
    all: () => ask<KnownFolder[]>("readonly", (folders) => folders.getAll()),
    put: async (folder) => {
      await ask("readwrite", (folders) => folders.put(folder));
    },
    remove: async (id) => {
      await ask("readwrite", (folders) => folders.delete(id));
    },
  };
}
