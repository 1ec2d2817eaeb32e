import { isField } from "./places.ts";

/** So long a finger rests before it counts as held, in milliseconds. */
const holdMs = 500;

/**
 * A finger that rests: what the right button is to a mouse. A field keeps the browser's own, and the browser's menu for
 * touch is left out everywhere else.
 */
export class LongPress {
  readonly #held: (event: PointerEvent) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #press: PointerEvent | undefined;
  #isHeld = false;

  constructor(container: HTMLElement, signal: AbortSignal, held: (event: PointerEvent) => void) {
    this.#held = held;
    container.addEventListener(
      "contextmenu",
      (event) => {
        if (!event.isTrusted || (event as PointerEvent).pointerType !== "touch" || isField(event.target)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      { capture: true, signal },
    );
    // The mouse events that would follow take the focus from the menu, which closes then.
    container.addEventListener("touchend", (event) => this.#isHeld && event.preventDefault(), {
      passive: false,
      signal,
    });
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  begin(event: PointerEvent): void {
    this.end();
    this.#isHeld = false;
    if (event.pointerType !== "touch" || isField(event.target)) return;
    this.#press = event;
    this.#timer = setTimeout(() => {
      this.#isHeld = true;
      this.#held(event);
    }, holdMs);
  }

  /** It has become something else, or is over. */
  end(): void {
    clearTimeout(this.#timer);
  }

  /** Opens the menu of what was pressed. */
  openMenu(): void {
    const press = this.#press;
    const { clientX = 0, clientY = 0 } = press ?? {};
    press?.target?.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }));
  }
}
