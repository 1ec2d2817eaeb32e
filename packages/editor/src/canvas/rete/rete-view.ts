import type { ReactElement } from "react";
import { type ClassicPreset, type GetSchemes, NodeEditor } from "rete";
import { type Area2D, AreaPlugin } from "rete-area-plugin";
import { type Connection, ConnectionPlugin } from "rete-connection-plugin";
import { ReactPlugin } from "rete-react-plugin";
import type { Point } from "../../document/graph.ts";
import { LinkFlow, type SocketPlace } from "./link-flow.ts";
import type { PortalHub } from "./portal-hub.tsx";

/** Rete's types of a graph; we give it nodes by id alone, and no links. */
export type ReteSchemes = GetSchemes<
  ClassicPreset.Node,
  ClassicPreset.Connection<ClassicPreset.Node, ClassicPreset.Node> & { isPseudo?: boolean }
>;

/** What the connection plugin adds, and what React renders. */
type Signals =
  | Connection
  | { type: "render"; data: { element: HTMLElement; filled?: boolean; type: string; [key: string]: unknown } }
  | { type: "unmount"; data: { element: HTMLElement } };

/** Where the canvas is seen from: screen = canvas × k + (x, y). */
export interface Camera extends Point {
  readonly k: number;
}

/** What Rete tells. Nothing of it changes the document by itself. */
export interface ReteEvents {
  camera(): void;
  /** A node was pressed: it may become a drag. */
  picked(id: string): void;
  /** A pressed node is wanted somewhere else. */
  dragged(id: string, to: Point): void;
  /** The pointer let go of a node. */
  dropped(id: string): void;
  /** A socket was pressed. */
  link(from: SocketPlace): void;
  /** Where a node belongs. */
  place(id: string): Point | undefined;
  render(id: string): ReactElement;
}

export interface ReteView {
  /** The element that the camera moves; it holds the nodes. */
  readonly holder: HTMLElement;
  readonly camera: Camera;
  setCamera(camera: Camera): void;
  mount(id: string): void;
  unmount(id: string): void;
  /** Puts a mounted node where it belongs. */
  place(id: string): void;
  /** Draws a mounted node above the others. */
  raise(id: string): void;
  element(id: string): HTMLElement | undefined;
  /** Makes an element a socket that links can be drawn from. Returns how to undo it. */
  addSocket(element: HTMLElement, place: SocketPlace): () => void;
  destroy(): void;
}

/** Rete as a windowed view: it mounts what it is told to, moves and zooms, and tells what the pointer wants. */
export function createReteView(container: HTMLElement, hub: PortalHub, events: ReteEvents): ReteView {
  const editor = new NodeEditor<ReteSchemes>();
  const area = new AreaPlugin<ReteSchemes, Signals>(container);
  hub.listenOn(area.area.content.holder);
  const react = new ReactPlugin<ReteSchemes, Signals>({ createRoot: hub.createRoot });
  const connection = new ConnectionPlugin<ReteSchemes, Signals>();
  react.addPreset<Signals>({
    render: ({ data }) =>
      data.type === "node" ? events.render((data as unknown as { payload: { id: string } }).payload.id) : undefined,
  });
  connection.addPreset(() => new LinkFlow(events.link));
  area.area.setZoomHandler(null);
  area.area.setDragHandler(null);
  const pressed = listen(area, events);
  editor.use(area);
  area.use(react as never);
  area.use(connection as never);

  function place(id: string): void {
    const [view, at] = [area.nodeViews.get(id), events.place(id)];
    if (!view || !at) return;
    view.position = { x: at.x, y: at.y };
    view.element.style.transform = `translate(${at.x}px, ${at.y}px)`;
  }

  return {
    holder: area.area.content.holder,
    get camera() {
      return area.area.transform;
    },
    setCamera({ x, y, k }) {
      const now = area.area.transform;
      if (k === now.k) void area.area.translate(x, y);
      else void area.area.zoom(k, x - now.x, y - now.y);
    },
    mount(id) {
      // Without sockets and controls of Rete's own: the card draws them, and the document knows them.
      void editor.addNode({ id, label: "", inputs: {}, outputs: {}, controls: {} } as unknown as ClassicPreset.Node);
    },
    unmount(id) {
      if (!area.nodeViews.has(id)) return;
      pressed.delete(id);
      void editor.removeNode(id);
    },
    place,
    raise(id) {
      const view = area.nodeViews.get(id);
      if (view?.element.nextSibling) area.area.content.holder.append(view.element);
    },
    element: (id) => area.nodeViews.get(id)?.element,
    addSocket(element, { node, side, key }) {
      void area.emit({ type: "render", data: { type: "socket", element, filled: true, nodeId: node, side, key } });
      return () => void area.emit({ type: "unmount", data: { element } });
    },
    destroy: () => area.destroy(),
  };
}

/** Turns Rete's signals into ours. Returns the nodes that are pressed. */
function listen(area: AreaPlugin<ReteSchemes, Signals>, events: ReteEvents): Set<string> {
  const pressed = new Set<string>();
  area.addPipe((context) => {
    const signal = context as Area2D<ReteSchemes>;
    switch (signal.type) {
      case "nodetranslate": {
        // Whatever Rete believes, a node stands where the layout says; a pressed one is first asked for.
        if (pressed.has(signal.data.id)) events.dragged(signal.data.id, signal.data.position);
        const at = events.place(signal.data.id);
        return at ? { ...signal, data: { ...signal.data, position: { x: at.x, y: at.y } } } : context;
      }
      case "nodepicked":
        pressed.add(signal.data.id);
        events.picked(signal.data.id);
        return context;
      case "nodedragged":
        if (pressed.delete(signal.data.id)) events.dropped(signal.data.id);
        return context;
      case "translated":
      case "zoomed":
        events.camera();
        return context;
      default:
        return context;
    }
  });
  return pressed;
}
