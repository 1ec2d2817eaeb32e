import type { Editor } from "../app/editor.ts";
import { graphIn } from "../document/graph.ts";
import { previewUrl } from "../server/api.ts";
import { scopeAt, workflowOf } from "../session/place.ts";

/** The pictures that nodes have made, by their ids in the run; the shown graph's are on its cards. */
export class RunPictures {
  readonly #editor: Editor;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** A node of a run has ended well: its first picture, when it gives one, is loaded and shown. */
  add(run: string, id: string): void {
    const output = this.#firstPicture(id);
    if (output === undefined) return;
    const image = new Image();
    image.addEventListener("load", () => {
      const { naturalWidth: width, naturalHeight: height } = image;
      this.#editor.made.set(id, { url: image.src, width, height, source: "result" });
      this.show();
    });
    image.src = previewUrl(run, id, output);
  }

  /** Puts the pictures of the shown graph on its cards. One that shows a file goes on showing it. */
  show(): void {
    const { pictures, graph, made: all } = this.#editor;
    for (const id of Object.keys(graph.nodes)) {
      const shown = pictures.get(id);
      if (shown?.source === "file") continue;
      const made = all.get(this.#sourceOf(id));
      if (made !== shown && (made || shown)) pictures.set(id, made);
    }
  }

  /** A node that stands for others shows what its first output brings. */
  #sourceOf(id: string): string {
    const { document, path } = this.#editor;
    const way = [...path.value, id];
    for (;;) {
      const found = scopeAt(document.workflow, way);
      if (!found) return way.join("/");
      const [first] = Object.values(graphIn(document.workflow, found.scope).outputs);
      if (!first) return way.join("/");
      way.push(first.node);
    }
  }

  #firstPicture(id: string): string | undefined {
    const { document, known } = this.#editor;
    const path = id.split("/");
    const last = path.pop()!;
    const found = scopeAt(document.workflow, path);
    if (!found || workflowOf(document.workflow, found.scope, last) !== undefined) return undefined;
    const { nodes } = graphIn(document.workflow, found.scope);
    const type = Object.hasOwn(nodes, last) ? nodes[last]!.type : "";
    const outputs = Object.entries(known.nodes[type]?.outputs ?? {});
    return outputs.find(([, { schema }]) => schema.type === "socket" && schema.name !== "file")?.[0];
  }
}
