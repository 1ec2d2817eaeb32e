import type { InputPlace, Point } from "../document/graph.ts";
import type { Canvas } from "../canvas/canvas.ts";

/** What parts of the editor ask of each other and of the host: dialogs, the canvas, the server. */
export interface Services {
  /** Absent before the canvas is mounted. */
  canvas(): Canvas | undefined;
  /** Opens the search for nodes; without a place, in the middle of what is seen. */
  search(at?: Point): void;
  /** Lets the user draw an outline or strokes on the node's picture. */
  editShape(place: InputPlace): void;
  /** Looks closely at what a node shows; with `compare`, beside what it was before. */
  view(node: string, compare?: boolean): void;
  /** Lets the user choose or upload a picture; calls back with its path in the workspace. */
  chooseFile(chosen: (path: string) => void): void;
}
