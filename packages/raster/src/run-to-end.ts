/** Takes all steps of a computation at once and gives its result. */
export function runToEnd<T>(steps: Iterator<number, T, void>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
