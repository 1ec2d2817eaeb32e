import type { NamedInput, WorkflowNode } from "@inlay/engine";
import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import type { Services } from "./services.ts";
import type { Editor } from "./editor.ts";

/** What components reach through the context. */
export interface EditorParts {
  readonly editor: Editor;
  readonly services: Services;
}

export const EditorContext = createContext<EditorParts | undefined>(undefined);

export function useEditor(): Editor {
  return useParts().editor;
}

export function useServices(): Services {
  return useParts().services;
}

function useParts(): EditorParts {
  const parts = useContext(EditorContext);
  if (!parts) throw new Error("A part of the editor stands outside of it.");
  return parts;
}

/** Follows one part of the document: `node/<id>`, `inputs`, `outputs`, `view` or `file`. */
export function useDocument<T>(key: string, read: (editor: Editor) => T): T {
  const editor = useEditor();
  const subscribe = useCallback((listener: () => void) => editor.document.subscribe(key, listener), [editor, key]);
  return useSyncExternalStore(subscribe, () => read(editor));
}

/** A node of the document; undefined when it is gone. */
export function useNode(id: string): WorkflowNode | undefined {
  return useDocument(`node/${id}`, (editor) =>
    Object.hasOwn(editor.graph.nodes, id) ? editor.graph.nodes[id] : undefined,
  );
}

/** The named inputs of the graph that is shown. */
export function useNamedInputs(): { readonly [name: string]: NamedInput } {
  return useDocument("inputs", (editor) => editor.graph.inputs);
}

export function useSelected(id: string): boolean {
  const { selection } = useEditor();
  const subscribe = useCallback((listener: () => void) => selection.subscribeTo(id, listener), [selection, id]);
  return useSyncExternalStore(subscribe, () => selection.has(id));
}
