/** How long work goes on before the page may draw and answer, in milliseconds. */
const slice = 12;

/**
 * Takes the steps of longer work, in slices between which the page goes on. Short work is done at once. Returns whether it
 * came to its end; an abort stops it between two steps.
 */
export async function inSlices(
  steps: Iterator<number, void, void>,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<boolean> {
  for (;;) {
    const end = performance.now() + slice;
    let step = steps.next();
    while (step.done !== true && performance.now() < end) step = steps.next();
    if (step.done === true) return true;
    onProgress(step.value);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) return false;
  }
}
