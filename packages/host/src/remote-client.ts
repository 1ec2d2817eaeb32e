import type { MediaLimits } from "@inlay/engine";
import type { RunComfyClient, RunComfyOptions } from "@inlay/runcomfy";
import { publishingSettings } from "./publisher-settings.ts";
import type { Account } from "./remote-account.ts";
import type { RemoteOptions } from "./remote.ts";
import { readUserConfig } from "./user-config.ts";

const downloadHosts = ["*.runcomfy.net", "*.runcomfy.com"];

/**
 * What a person's publisher is. Asked for before anything runs, so that settings that cannot be used are told in time. A
 * sandbox costs nothing and is on this machine: nothing is put on the internet for it.
 */
export async function findPublishing({ env, sandbox }: RemoteOptions): Promise<Publishing | undefined> {
  if (sandbox) return undefined;
  const settings = publishingSettings(env, (await readUserConfig(env)).publisher);
  if (!settings) return undefined;
  const { openPublisher } = await import("@inlay/runcomfy");
  const { publisher, always, ttl } = settings;
  const own = publisher.type === "command" ? { ...publisher, env } : publisher;
  return { publisher: openPublisher(own), publishAlways: always, ...(ttl !== undefined && { publishedFor: ttl }) };
}

/** Settings of the client that a publisher brings. */
type Publishing = Pick<RunComfyOptions, "publisher" | "publishAlways" | "publishedFor">;

/** The API's own limit for an image that it fetches; the pixels are those of its own clients. */
export const publishedLimits: MediaLimits = { bytes: 50_000_000, pixels: 32_000_000 };

/** The client of an account, with the person's publisher where there is one. */
export async function openClient(
  known: Account,
  publishing: Publishing | undefined,
  { env, journal }: RemoteOptions,
): Promise<RunComfyClient> {
  const [{ createRunComfyClient }, opened] = await Promise.all([import("@inlay/runcomfy"), journal()]);
  const more = (env["RUNCOMFY_DOWNLOAD_HOSTS"] ?? "").split(",").map((host) => host.trim());
  const { baseUrl, token, provider, account } = known;
  return createRunComfyClient({
    baseUrl,
    token,
    provider,
    account,
    journal: opened,
    ...publishing,
    allowedDownloadHosts: [...downloadHosts, ...more.filter((host) => host !== "")],
  });
}
