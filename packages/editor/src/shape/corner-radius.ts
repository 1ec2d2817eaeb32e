/** How large corners are drawn, in pixels of the page: for a finger larger than for a mouse. */
export function cornerRadius(): number {
  return matchMedia("(pointer: coarse)").matches ? 8 : 5;
}
