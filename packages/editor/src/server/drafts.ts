/** Unsaved work of one file, as one tab left it. */
export interface Draft {
  /** Empty for a workflow that has no file yet. */
  readonly path: string;
  readonly tab: string;
  readonly text: string;
  /** The version of the file that it was made from. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

const store = "drafts";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("inlay", 1);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore(store, { keyPath: ["path", "tab"] }),
    );
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error!));
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error!));
  });
}

/** Drafts in the browser's database: each tab has its own, so that two tabs never overwrite each other's. */
export const drafts = {
  async put(draft: Draft): Promise<void> {
    const database = await open();
    await done(database.transaction(store, "readwrite").objectStore(store).put(draft));
    database.close();
  },

  async remove(path: string, tab: string): Promise<void> {
    const database = await open();
    await done(database.transaction(store, "readwrite").objectStore(store).delete([path, tab]));
    database.close();
  },

  /** The drafts of a file, the newest first. */
  async of(path: string): Promise<readonly Draft[]> {
    const database = await open();
    const range = IDBKeyRange.bound([path], [path, "\uffff"]);
    const found = await done<Draft[]>(database.transaction(store).objectStore(store).getAll(range));
    database.close();
    return found.sort((a, b) => b.time - a.time);
  },
};

/** This tab's name: it survives a reload and not the tab. While the page is there, others see that it lives. */
export function tabName(): string {
  const known = sessionStorage.getItem(tabKey);
  const name = known ?? crypto.randomUUID();
  if (known === null) sessionStorage.setItem(tabKey, name);
  if (!isHeld) void navigator.locks.request(lockOf(name), () => new Promise(() => undefined));
  isHeld = true;
  return name;
}

const tabKey = "inlay.tab";
const lockOf = (tab: string): string => `inlay.tab ${tab}`;
let isHeld = false;

/** The names of the tabs that are open, this one among them. What they have not saved is theirs. */
export async function liveTabs(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name = "" }) => (name.startsWith("inlay.tab ") ? [name.slice(10)] : [])));
}
