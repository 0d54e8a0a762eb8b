import 'fake-indexeddb/auto';

/** Whether the disk is full: every write then fails, as browsers let it fail. */
export const disk = { full: false };

type Put = (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest<IDBValidKey>;

const put = Reflect.get(IDBObjectStore.prototype, 'put') as Put;
IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args: Parameters<Put>) {
  return disk.full ? refusedRequest(this) : put.apply(this, args);
};

/** A request that fails a moment later, and its transaction with it, as those of browsers do. */
function refusedRequest(store: IDBObjectStore): IDBRequest<IDBValidKey> {
  const error = new DOMException('The disk is full.', 'QuotaExceededError');
  // Until then the transaction has something to wait for, or it would end with what it had written.
  const waiting = store.count();
  const addEventListener = (type: string, listener: () => void): void => {
    if (type !== 'error') return;
    waiting.addEventListener('error', listener);
    waiting.addEventListener('success', () => {
      listener();
      store.transaction.abort();
    });
  };
  return Object.defineProperties(Object.create(IDBRequest.prototype) as IDBRequest<IDBValidKey>, {
    error: { value: error },
    addEventListener: { value: addEventListener },
    removeEventListener: { value: () => {} },
  });
}
