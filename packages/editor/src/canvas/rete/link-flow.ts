import { Flow, type SocketData } from "rete-connection-plugin";
import type { ReteSchemes } from "./rete-view.ts";

/** One end of a link, as the page knows it. */
export interface SocketPlace {
  readonly node: string;
  readonly side: "input" | "output";
  readonly key: string;
}

/**
 * What Rete's connection plugin drives when a socket is pressed: it only reports that a link is being drawn and that the
 * pointer let go. What that means is the gesture's matter, which knows nodes that are not mounted.
 */
export class LinkFlow extends Flow<ReteSchemes, never[]> {
  #picked: SocketData | undefined;
  readonly #begin: (socket: SocketPlace) => void;

  constructor(begin: (socket: SocketPlace) => void) {
    super();
    this.#begin = begin;
  }

  override async pick({ socket, event }: { socket: SocketData; event: "up" | "down" }): Promise<void> {
    if (event === "down") {
      this.#picked = socket;
      this.#begin({ node: socket.nodeId, side: socket.side, key: socket.key });
    } else this.#picked = undefined;
  }

  override getPickedSocket(): SocketData | undefined {
    return this.#picked;
  }

  override drop(): void {
    this.#picked = undefined;
  }
}
