/** IndexedDB by promises: a database is opened for one transaction and closed after it, so that no tab blocks another. */

export interface Indexed {
  readonly name: string;
  readonly version: number;
  /** Makes its stores. @param before the version that is there; 0 for none */
  readonly upgrade: (opening: IDBOpenDBRequest, before: number) => void;
}

/**
 * Settles when the transaction is through: a request that succeeded may still be rolled back.
 * @param use waits for nothing but requests, or the transaction ends meanwhile
 * @throws what the browser refuses with
 */
export async function transact<T>(
  { name, version, upgrade }: Indexed,
  stores: string | string[],
  mode: IDBTransactionMode,
  use: (transaction: IDBTransaction) => Promise<T>,
): Promise<T> {
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = ({ oldVersion }) => upgrade(opening, oldVersion);
  const database = await answer(opening);
  try {
    const transaction = database.transaction(stores, mode);
    const through = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [found] = await Promise.all([use(transaction), through]);
    return found;
  } finally {
    database.close();
  }
}

/** What a request is answered. @throws what the browser refuses with */
export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
