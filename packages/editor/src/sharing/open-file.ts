import { toast } from "../app/toasts.tsx";
import { t } from "../messages/translate.ts";
import type { Opener } from "./opener.ts";
import { readShared } from "./read-shared.ts";
import { takeProblem } from "./take-files.ts";

/** Opens a file that was chosen to be opened: a workflow, a parcel, or a picture that carries a workflow. */
export async function openFile(file: File, open: Opener): Promise<void> {
  try {
    const shared = await readShared(file);
    if (shared.kind === "workflow") open.workflow(shared.workflow, file.name);
    else if (shared.kind === "parcel") open.parcel(file);
    else toast(t(shared.kind === "picture" ? "share.no-workflow" : "share.unknown", { name: file.name }), true);
  } catch (error) {
    toast(takeProblem(file, error), true);
  }
}
