/** Rete hears these on the nodes themselves: what React's handlers stop there must not come to Rete. */
const heardAtTheNode: ReadonlySet<string> = new Set(["pointerdown", "contextmenu"]);

/** Nothing of a card plays, opens as a dialog or waits for an animation; React's handlers of these would be kept for nothing. */
const unheard: ReadonlySet<string> = new Set(
  (
    "abort canplay canplaythrough durationchange emptied encrypted ended loadeddata loadedmetadata loadstart pause play " +
    "playing progress ratechange resize seeked seeking stalled suspend timeupdate volumechange waiting cancel close " +
    "beforetoggle toggle animationstart animationiteration animationend animationcancel " +
    "transitionrun transitionstart transitionend transitioncancel"
  ).split(" "),
);

type Options = boolean | AddEventListenerOptions | undefined;

/**
 * React listens to all events there are, on the container of each portal: some 140 listeners a node. Here they are listened
 * to once, on the element that holds the nodes, and each event is handed to the container that it came from.
 */
export class SharedListeners {
  readonly #holder: HTMLElement;
  /** Which place a kind of event has in the lists of the containers. */
  readonly #places = new Map<string, number>();
  readonly #byContainer = new WeakMap<Node, EventListener[]>();

  constructor(holder: HTMLElement) {
    this.#holder = holder;
  }

  /** Takes the place of a container's own listeners; to be called before React sees the container. */
  adopt(container: Element): void {
    const own = container.addEventListener.bind(container);
    const listeners: EventListener[] = [];
    this.#byContainer.set(container, listeners);
    container.addEventListener = (type: string, listener: unknown, options?: Options): void => {
      if (unheard.has(type)) return;
      if (heardAtTheNode.has(type)) return own(type, listener as EventListener, options);
      listeners[this.#placeOf(type, options)] = listener as EventListener;
    };
  }

  #placeOf(type: string, options: Options): number {
    const isCapture = typeof options === "object" ? options.capture === true : options === true;
    const key = isCapture ? `${type} capture` : type;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(key, place);
    this.#holder.addEventListener(type, (event) => this.#listenersOf(event.target)?.[place]?.(event), options);
    return place;
  }

  #listenersOf(target: EventTarget | null): EventListener[] | undefined {
    for (let node = target as Node | null; node && node !== this.#holder; node = node.parentNode) {
      const listeners = this.#byContainer.get(node);
      if (listeners) return listeners;
    }
    return undefined;
  }
}
