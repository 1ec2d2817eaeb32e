import { isAbsolute, relative, sep } from "node:path";

/**
 * What clients of a server are told of an event: the path of a file is the one in the workspace, as `/api/files` takes it.
 * One outside of it is not told at all.
 */
export function toldEvent<T extends { readonly type: string }>(event: T, workspace: string): T {
  if (event.type !== "node.file" || !("path" in event) || typeof event.path !== "string") return event;
  const { path, ...rest } = event;
  const inside = relative(workspace, path);
  const isInside = inside !== "" && !isAbsolute(inside) && inside.split(sep)[0] !== "..";
  return { ...rest, ...(isInside && { path: inside.split(sep).join("/") }) } as unknown as T;
}
