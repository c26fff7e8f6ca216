/** Drafts in IndexedDB, in a database of their own. */
import { Fault } from "../base/fault.ts";
import { type PackedChanges, packedList } from "../roi/packed-changes.ts";
import { packedTexts } from "../roi/packed-texts.ts";
import { type Draft, type DraftShelf, lastSeen } from "./draft.ts";

const DATABASE = "fovea-drafts";
const DRAFTS = "drafts";

export function indexedDrafts(): DraftShelf {
  return {
    of: (key) => transact<Draft[]>("readonly", (drafts) => drafts.index("key").getAll(key)),
    put: async (draft) => {
      await transact("readwrite", (drafts) => drafts.put(draft));
    },
    remove: async (id) => {
      await transact("readwrite", (drafts) => drafts.delete(id));
    },
    expire: async (before) => {
      await transact("readwrite", (drafts) => {
        const walk = drafts.openCursor();
        walk.addEventListener("success", () => {
          const cursor = walk.result;
          if (!cursor) return;
          if (lastSeen(cursor.value) < before) cursor.delete();
          cursor.continue();
        });
        return walk;
      });
    },
  };
}

/** Settles when the transaction is through: a request that succeeded may still be rolled back. */
async function transact<T>(
  mode: IDBTransactionMode,
  use: (drafts: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(DRAFTS, mode);
      const request = use(transaction.objectStore(DRAFTS));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(notKept(transaction.error));
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 3);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion === 0)
        request.result.createObjectStore(DRAFTS, { keyPath: "id" }).createIndex("key", "key");
      else if (request.transaction) {
        const renewed = oldVersion === 1 ? packedList : withPackedNames;
        carryOver(request.transaction.objectStore(DRAFTS), renewed);
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(notKept(request.error));
  });
}

/** @param renewed what becomes of the changes of a draft, the first version having listed them one by one */
function carryOver(drafts: IDBObjectStore, renewed: (changes: never) => PackedChanges): void {
  const walk = drafts.openCursor();
  walk.addEventListener("success", () => {
    const cursor = walk.result;
    if (!cursor) return;
    const { changes, ...draft }: { readonly changes: never } = cursor.value;
    cursor.update({ ...draft, changes: renewed(changes) });
    cursor.continue();
  });
}

type Listed<T> = Omit<T, "names"> & { readonly names: readonly (string | undefined)[] };

/** The second version listed names one by one. */
function withPackedNames({
  length,
  from,
  to,
}: {
  readonly length: number;
  readonly from: Listed<PackedChanges["from"]>;
  readonly to: Listed<PackedChanges["to"]>;
}): PackedChanges {
  const packed = <T>(side: Listed<T>) => ({ ...side, names: packedTexts(side.names) });
  return { length, from: packed(from), to: packed(to) };
}

function notKept(cause: unknown): Fault {
  return new Fault(
    "quota",
    "The browser keeps no draft of your changes, so they are lost if this page goes. Save often",
    { cause },
  );
}
