import type { Workflow } from "@inlay/engine";
import { toast } from "../app/toasts.tsx";
import { t } from "../messages/translate.ts";
import { api } from "../server/api.ts";
import { isStatic, showPictures } from "../server/static-site.ts";
import { takeProblem } from "./take-files.ts";

/** How what was in a parcel is shown. */
interface Show {
  workflow(workflow: Workflow): void;
  /** A file of the workspace. */
  path(path: string): Promise<void>;
}

/** Takes a parcel into the workspace and opens its workflow; on a static page it is only looked at. */
export async function openParcel(file: File, show: Show): Promise<void> {
  try {
    if (isStatic) {
      const { openParcelHere } = await import("./open-parcel-here.ts");
      const { workflow, pictures } = await openParcelHere(file);
      showPictures(pictures);
      return show.workflow(workflow);
    }
    const { workflow, files } = await api.unpack(file);
    await show.path(workflow);
    const renamed = files.flatMap(({ path, was }) => (was === undefined ? [] : [t("share.renamed", { was, path })]));
    toast([t("share.unpacked", { name: workflow }), ...renamed].join(" "));
  } catch (error) {
    toast(takeProblem(file, error), true);
  }
}
