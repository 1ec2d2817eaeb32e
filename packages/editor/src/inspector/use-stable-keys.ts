import { useRef } from "react";

/** Keys of entries that keep their focus while they are renamed: a new name goes on with the key of the old one. */
export function useStableKeys(): { of(name: string): string; rename(from: string, to: string): void } {
  const keys = useRef(new Map<string, string>());
  const count = useRef(0);
  const of = (name: string): string => {
    const key = keys.current.get(name) ?? `${name} ${count.current++}`;
    keys.current.set(name, key);
    return key;
  };
  return {
    of,
    rename(from, to) {
      keys.current.set(to, of(from));
      keys.current.delete(from);
    },
  };
}
