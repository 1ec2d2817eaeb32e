import type { Canvas } from "./canvas.ts";

/** The wheel zooms at the pointer, and a trackpad pans and pinches. */
export function followWheel(canvas: Canvas, event: WheelEvent): void {
  if (canScroll(event)) return;
  event.preventDefault();
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  // A trackpad sends small steps and both directions, and pinches come with Ctrl; a wheel sends coarse upright steps.
  const isWheel = dx === 0 && Math.abs(dy) >= 50 && Number.isInteger(dy);
  const isPinch = event.ctrlKey || event.metaKey;
  if (!isPinch && !isWheel) return canvas.pan(-dx, -dy);
  const factor = Math.exp(-dy * (isPinch && !isWheel ? 0.01 : 0.0015));
  canvas.zoom(factor, canvas.screen(event));
}

/** A text that can scroll in the wheel's direction, and has the focus, keeps the wheel. */
function canScroll(event: WheelEvent): boolean {
  const field = event.target instanceof Element ? event.target.closest("textarea, [data-scrolls]") : null;
  if (!field || event.ctrlKey || (field instanceof HTMLTextAreaElement && field !== document.activeElement))
    return false;
  return event.deltaY > 0 ? field.scrollTop + field.clientHeight < field.scrollHeight - 1 : field.scrollTop > 0;
}
