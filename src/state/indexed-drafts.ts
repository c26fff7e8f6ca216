/** Drafts in IndexedDB, in a database of their own. */
import { Fault } from "../base/fault.ts";
import { type PackedChanges, packedList } from "../roi/packed-changes.ts";
import { packedTexts } from "../roi/packed-texts.ts";
import { type Draft, type DraftShelf, lastSeen } from "./draft.ts";
import { answer, type Indexed, transact } from "./indexed.ts";

const DRAFTS = "drafts";

const DATABASE: Indexed = {
  name: "fovea-drafts",
  version: 3,
  upgrade: ({ result, transaction }, before) => {
    if (before === 0) result.createObjectStore(DRAFTS, { keyPath: "id" }).createIndex("key", "key");
    else if (transaction)
      carryOver(transaction.objectStore(DRAFTS), before === 1 ? packedList : withPackedNames);
  },
};

export function indexedDrafts(): DraftShelf {
  return {
    of: (key) => ask<Draft[]>("readonly", (drafts) => answer(drafts.index("key").getAll(key))),
    under: (prefix) =>
      ask<Draft[]>("readonly", (drafts) =>
        answer(drafts.index("key").getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`))),
      ),
    put: async (draft) => {
      await ask("readwrite", (drafts) => answer(drafts.put(draft)));
    },
    remove: async (id) => {
      await ask("readwrite", (drafts) => answer(drafts.delete(id)));
    },
    expire: async (before) => {
      // The transaction is through when the walk is.
      await ask("readwrite", async (drafts) => {
        const walk = drafts.openCursor();
        walk.addEventListener("success", () => {
          const cursor = walk.result;
          if (!cursor) return;
          if (lastSeen(cursor.value) < before) cursor.delete();
          cursor.continue();
        });
      });
    },
  };
}

async function ask<T>(
  mode: IDBTransactionMode,
  use: (drafts: IDBObjectStore) => Promise<T>,
): Promise<T> {
  try {
    return await transact(DATABASE, DRAFTS, mode, (transaction) =>
      use(transaction.objectStore(DRAFTS)),
    );
  } catch (cause) {
    throw notKept(cause);
  }
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
