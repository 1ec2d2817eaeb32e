import { badPublisher, publishError } from "./publish-error.ts";
import type { Publisher } from "./publisher.ts";
import { extensionOf, refusalOf, storageUrl, withStorage } from "./storage-call.ts";

/** A server that takes files by PUT and gives them to anybody, such as WebDAV behind a web server. */
export interface UrlOptions {
  /** Where a file is read: an address with `{sha256}`, and `{ext}` for an ending such as `.png`. */
  readonly url: string;
  /** Where it is put. Default: the same. */
  readonly put?: string | undefined;
  /** The `Authorization` header of the PUT, such as `Bearer …`; sent to no other address. */
  readonly authorization?: string | undefined;
}

/**
 * Publishes by addresses that are made of a file's hash: a HEAD asks whether it is there, else a PUT brings it. Whoever
 * knows the address can read it, for as long as it lies there.
 *
 * Throws `remote.config` for settings that cannot be used.
 */
export function urlPublisher({ url, put = url, authorization }: UrlOptions): Publisher {
  const label = `the server ${checkTemplate(url, "address").host}`;
  checkTemplate(put, "address for uploads");
  if (authorization !== undefined && !/^[\x20-\x7e]+$/.test(authorization))
    throw badPublisher("authorization", "the text of a header");
  const secrets = [authorization, authorization?.split(" ").at(-1)];

  return {
    label,
    publish: (bytes, { sha256, mime }, signal) =>
      withStorage({ label, secrets, signal }, async (call) => {
        const fill = (template: string): string =>
          template.replaceAll("{sha256}", sha256).replaceAll("{ext}", extensionOf(mime));
        const published = { url: fill(url), expiresAt: Infinity };
        const found = await call({ method: "HEAD", url: published.url });
        if (found.status === 200) return published;
        const headers = { "content-type": mime, ...(authorization !== undefined && { authorization }) };
        const answer = await call({ method: "PUT", url: fill(put), headers, body: bytes });
        if (answer.status >= 300) throw publishError({ label, secrets, reason: refusalOf(answer) });
        return published;
      }),
  };
}

/** The hash must stand in the path, so that no two files have one address, and no file chooses a host. */
function checkTemplate(template: string, what: string): URL {
  const url = storageUrl(template.replaceAll("{sha256}", "0").replaceAll("{ext}", ""), what);
  const path = template.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  if (path.includes("{sha256}")) return url;
  throw badPublisher(what, "an https address with `{sha256}` in its path");
}
