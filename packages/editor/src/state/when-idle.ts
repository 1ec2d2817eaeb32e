/** Time for the first frames, in milliseconds. */
const first = 250;

/**
 * Does work when the page has drawn what it has to and rests, a second later at the latest. Returns how to call it off.
 * Safari does not tell when it rests.
 */
export function whenIdle(work: () => void): () => void {
  let request: number | undefined;
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === "function") request = requestIdleCallback(work, { timeout: 1000 });
    else work();
  }, first);
  return () => {
    clearTimeout(timer);
    if (request !== undefined) cancelIdleCallback(request);
  };
}
