import { unzipSync } from "fflate";
import * as z from "zod/mini";
import type { Workflow } from "@inlay/engine";
import { t } from "../messages/translate.ts";
import { workflowFrom } from "../server/file-session.ts";

const item = z.object({ path: z.string(), sha256: z.string(), size: z.number() });
const manifest = z.object({ inlayParcel: z.literal(1), workflow: item, files: z.array(item) });
const manifestName = "inlay-parcel.json";

/** What a page holds in memory without a server that would keep it. */
const mostBytes = 512 * 2 ** 20;
const mostEntries = 2002;

/** A parcel that is only looked at: nothing of it is written anywhere. */
export interface LookedAtParcel {
  readonly workflow: Workflow;
  readonly pictures: ReadonlyMap<string, Blob>;
}

/** Opens a parcel in the page. Fails with an `Error` in words, or `UnreadableFile` when its workflow is none. */
export async function openParcelHere(file: Blob): Promise<LookedAtParcel> {
  const entries = unpack(new Uint8Array(await file.arrayBuffer()));
  const list = manifest.safeParse(jsonOf(entries[manifestName]));
  if (!list.success) throw new Error(t("share.broken-parcel"));
  const { workflow, files } = list.data;
  const bytesOf = async ({ path, sha256 }: z.infer<typeof item>): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = Object.hasOwn(entries, path) ? entries[path] : undefined;
    if (!bytes || (await hashOf(bytes)) !== sha256) throw new Error(t("share.wrong-content", { path }));
    return bytes;
  };
  const text = new TextDecoder().decode(await bytesOf(workflow));
  const pictures = new Map<string, Blob>();
  for (const one of files) pictures.set(one.path, new Blob([await bytesOf(one)]));
  return { workflow: workflowFrom(text), pictures };
}

function unpack(bytes: Uint8Array): { readonly [name: string]: Uint8Array<ArrayBuffer> } {
  let [total, count] = [0, 0];
  try {
    return unzipSync(bytes, {
      filter({ originalSize }) {
        total += originalSize;
        if (total > mostBytes || ++count > mostEntries) throw new Error("too large");
        return true;
      },
    }) as { readonly [name: string]: Uint8Array<ArrayBuffer> };
  } catch {
    throw new Error(t("share.broken-parcel"));
  }
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
  } catch {
    return undefined;
  }
}

/** Browsers hash only on pages that came over https or from this machine. */
async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (!subtle) throw new Error(t("share.no-hash"));
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
