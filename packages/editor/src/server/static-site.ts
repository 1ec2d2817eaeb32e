import type { NodeCatalog } from "@inlay/engine";
import * as z from "zod/mini";

const site = z.object({
  version: z.string(),
  name: z.string(),
  workflows: z.array(z.object({ path: z.string(), name: z.optional(z.string()), modified: z.string() })),
});
type Site = z.infer<typeof site>;

/** Whether the page is a static viewer: the same editor, with files beside it and no server behind it. */
export const isStatic = document.querySelector('meta[name="inlay-viewer"]') !== null;

/** Pictures that came with a parcel which the page opened, by their paths. */
const opened = new Map<string, string>();

/** Shows these pictures under the paths that a workflow names, until others take their place. */
export function showPictures(pictures: ReadonlyMap<string, Blob>): void {
  for (const address of opened.values()) URL.revokeObjectURL(address);
  opened.clear();
  for (const [path, blob] of pictures) opened.set(path, URL.createObjectURL(blob));
}

/** The address of a file of the site. */
export function siteFile(path: string): string {
  const plain = path.replace(/^(?:\.\/)+/, "");
  return opened.get(plain) ?? `./files/${plain.split("/").map(encodeURIComponent).join("/")}`;
}

let known: Promise<Site> | undefined;

async function readSite(): Promise<Site> {
  known ??= read("./viewer.json").then(async (response) => site.parse(await response.json()));
  return known;
}

/** What the pages of a server ask, answered by files. Fails with an `Error` that names the file. */
export const staticSite = {
  session: async () => {
    const { name, version } = await readSite();
    // Nothing runs here, so no service is offered either.
    return { workspace: name, version, service: "runcomfy" as const, services: [] };
  },
  catalog: async (): Promise<NodeCatalog> => (await (await read("./catalog.json")).json()) as NodeCatalog,
  workflows: async () => (await readSite()).workflows,
  templates: async () => [],
  pictures: async () => [],
  async readWorkflow(path: string) {
    // A workflow of the site has the site's pictures, whatever came with a parcel before it.
    showPictures(new Map());
    return { text: await (await read(siteFile(path))).text(), etag: "" };
  },
};

async function read(address: string): Promise<Response> {
  const response = await fetch(address);
  if (response.ok) return response;
  throw new Error(`${address}: ${response.status} ${response.statusText}`);
}
