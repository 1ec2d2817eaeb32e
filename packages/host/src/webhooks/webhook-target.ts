import { isIP } from "node:net";
import { EngineError } from "@inlay/engine";
import { isPrivateAddress } from "@inlay/runcomfy";
import type { Environment } from "../remote.ts";
import { shownUrl, urlError } from "../url/url-error.ts";

/** Where webhooks may go. */
export interface WebhookTargets {
  /** Fails with `url.invalid` or `url.private`; what a name resolves to is looked at when it is connected to. */
  check(url: string): URL;
  /** Whether the person has named this host: it may be a private one, and without TLS. */
  isNamed(url: URL): boolean;
}

/**
 * The rule: https to public hosts. `INLAY_WEBHOOK_HOSTS=hooks.lan,localhost:5678` names hosts, with a port or for all ports,
 * that may be private and without TLS. It stands in the environment only, so that no request and no file can widen it.
 *
 * Fails with `config.invalid`.
 */
export function webhookTargets(env: Environment): WebhookTargets {
  const named = new Set(
    (env["INLAY_WEBHOOK_HOSTS"] ?? "")
      .split(",")
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ""),
  );
  for (const host of named) if (!isHost(host)) throw badHost(host);
  const isNamed = ({ hostname, port, protocol }: URL): boolean =>
    named.has(hostname) || named.has(`${hostname}:${port || (protocol === "https:" ? "443" : "80")}`);
  return {
    isNamed,
    check(text) {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      const isWeb = url?.protocol === "https:" || (url?.protocol === "http:" && isNamed(url));
      if (!url || !isWeb || url.username !== "" || url.password !== "") throw badUrl(text);
      if (!isNamed(url) && isPrivateName(url.hostname)) throw privateTarget(text);
      return url;
    },
  };
}

function isHost(text: string): boolean {
  return /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(text) && URL.canParse(`http://${text}`);
}

/** Names that mean this machine or the network around it wherever one asks, and addresses of such. */
function isPrivateName(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isIP(host) !== 0) return isPrivateAddress(host);
  return host === "localhost" || /\.(localhost|local|internal|home\.arpa)$/.test(host);
}

function badUrl(text: string): EngineError {
  const shown = shownUrl(text);
  return urlError("url.invalid", {
    shown,
    message: "This is no URL that a webhook can go to.",
    expected: "an https URL without a user's name",
    suggestion: "http is for hosts that INLAY_WEBHOOK_HOSTS names.",
  });
}

/** Also for what a name turns out to resolve to. */
export function privateTarget(text: string): EngineError {
  return urlError("url.private", {
    shown: shownUrl(text),
    message: "The webhook's host is this machine or one of a private network, to which nothing is sent.",
    expected: "a host on the public internet",
    suggestion: "Whoever starts the server can name the host in INLAY_WEBHOOK_HOSTS.",
  });
}

function badHost(received: string): EngineError {
  const message = "The variable INLAY_WEBHOOK_HOSTS is no list of hosts.";
  return new EngineError({ code: "config.invalid", message, expected: "hooks.lan,localhost:5678", received });
}
