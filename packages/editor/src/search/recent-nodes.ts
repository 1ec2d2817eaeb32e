/** What keeps texts, as `localStorage` does. */
interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = "inlay.recent-nodes";
const most = 5;

/** The node types that were added last in this browser, the last one first. */
export function recentNodes(memory: Memory): readonly string[] {
  try {
    const kept: unknown = JSON.parse(memory.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((type) => typeof type === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Notes that a node was added. A browser that keeps nothing is no reason to fail. */
export function rememberNode(memory: Memory, type: string): void {
  const kept = [type, ...recentNodes(memory).filter((other) => other !== type)].slice(0, most);
  try {
    memory.setItem(key, JSON.stringify(kept));
  } catch {
    // Full or switched off.
  }
}
