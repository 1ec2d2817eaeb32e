import { useRef } from "react";

/** A callback that is called once: closing a panel moves the focus, and losing the focus closes it too. */
export function useOnce<T extends readonly unknown[]>(callback: (...values: T) => void): (...values: T) => void {
  const isDone = useRef(false);
  return (...values) => {
    if (isDone.current) return;
    isDone.current = true;
    callback(...values);
  };
}
