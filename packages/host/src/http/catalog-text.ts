import { hash } from "node:crypto";
import type { NodeCatalog } from "@inlay/engine";

/** A catalogue as it is sent. */
export interface CatalogText {
  readonly text: string;
  readonly etag: string;
}

/** Writes a catalogue as JSON, each one once. */
export function catalogText(catalog: () => NodeCatalog): () => CatalogText {
  let written: (CatalogText & { readonly of: NodeCatalog }) | undefined;
  return () => {
    const now = catalog();
    if (written?.of !== now) {
      const text = JSON.stringify(now);
      written = { of: now, text, etag: `"${hash("sha256", text)}"` };
    }
    return written;
  };
}
