import type { Workflow } from "@inlay/engine";
import { workflowFrom } from "../server/file-session.ts";
import { workflowInPicture } from "./picture-workflow.ts";

/** What a file that came from outside is. */
export type SharedFile =
  { readonly kind: "workflow"; readonly workflow: Workflow } | { readonly kind: "parcel" | "picture" | "unknown" };

/**
 * Looks what a file is: a workflow, a picture that carries one, a picture, a parcel. Nothing in it is executed.
 * Fails with `UnreadableFile` for JSON that is no workflow.
 * @param asPicture takes a picture as one, whatever it carries
 */
export async function readShared(file: File, asPicture = false): Promise<SharedFile> {
  if (file.type === "application/json" || /\.json$/i.test(file.name))
    return { kind: "workflow", workflow: workflowFrom(await file.text()) };
  if (await isArchive(file)) return { kind: "parcel" };
  if (!file.type.startsWith("image/")) return { kind: "unknown" };
  const workflow = asPicture ? undefined : await workflowInPicture(file);
  return workflow ? { kind: "workflow", workflow } : { kind: "picture" };
}

async function isArchive(file: File): Promise<boolean> {
  const [a, b, c, d] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return a === 0x50 && b === 0x4b && c === 3 && d === 4;
}
