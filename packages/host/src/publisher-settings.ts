import { EngineError, isJsonObject, type JsonObject, type JsonValue } from "@inlay/engine";
import type { PublisherSettings } from "@inlay/runcomfy";
import type { Environment } from "./remote.ts";

/** How a person's pictures reach a service that takes addresses only. */
export interface PublishingSettings {
  readonly publisher: PublisherSettings;
  /** Publish every picture, and send none inside the request. */
  readonly always: boolean;
  /** Seconds that an address must work. */
  readonly ttl?: number;
}

/** The settings of each kind: those that must be there, and those that may. */
const kinds = {
  s3: {
    required: ["bucket", "accessKeyId", "secretAccessKey"],
    optional: ["region", "endpoint", "prefix", "sessionToken", "pathStyle"],
  },
  url: { required: ["url"], optional: ["put", "authorization"] },
  command: { required: ["command"], optional: [] },
} as const;

const common = ["type", "always", "hours"];

/**
 * The publisher that a person has set: by `INLAY_PUBLISHER` (`none` for none), else by `publisher` in their
 * `config.json`. Nothing in a workspace can set it. Fails with `config.invalid`, without repeating a secret.
 *
 * `INLAY_PUBLISHER` is `s3://bucket/prefix/?region=auto&endpoint=https://…` with its keys in `INLAY_PUBLISHER_KEY_ID` and
 * `INLAY_PUBLISHER_SECRET` (else `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`); or an https address
 * with `{sha256}`, with `INLAY_PUBLISHER_PUT` and `INLAY_PUBLISHER_AUTHORIZATION`; or `command:` and a program.
 */
export function publishingSettings(
  env: Environment,
  configured: JsonValue | undefined,
): PublishingSettings | undefined {
  const text = env["INLAY_PUBLISHER"]?.trim() ?? "";
  if (text === "none") return undefined;
  const settings = text === "" ? configured : fromEnvironment(text, env);
  if (settings === undefined) return undefined;
  const where = text === "" ? "`publisher` in your configuration" : "The variable INLAY_PUBLISHER";
  return checked(settings, where);
}

function fromEnvironment(text: string, env: Environment): JsonObject {
  const always = env["INLAY_PUBLISHER_ALWAYS"] === "1";
  if (text.startsWith("command:")) return { type: "command", command: [text.slice("command:".length)], always };
  if (text.startsWith("s3://")) return { ...bucketOf(text), ...keysOf(env), always };
  const [put, authorization] = [env["INLAY_PUBLISHER_PUT"], env["INLAY_PUBLISHER_AUTHORIZATION"]];
  return { type: "url", url: text, ...(put && { put }), ...(authorization && { authorization }), always };
}

function bucketOf(text: string): JsonObject {
  const [place = "", query = ""] = text.slice("s3://".length).split("?");
  const [bucket = "", ...folders] = place.split("/").filter((part) => part !== "");
  const prefix = folders.length > 0 ? { prefix: `${folders.join("/")}/` } : {};
  return { type: "s3", bucket, ...prefix, ...Object.fromEntries(new URLSearchParams(query)) };
}

function keysOf(env: Environment): JsonObject {
  const own = env["INLAY_PUBLISHER_KEY_ID"];
  const [id, secret, session] = own
    ? [own, env["INLAY_PUBLISHER_SECRET"], env["INLAY_PUBLISHER_SESSION"]]
    : [env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"], env["AWS_SESSION_TOKEN"]];
  return {
    ...(id && { accessKeyId: id }),
    ...(secret && { secretAccessKey: secret }),
    ...(session && { sessionToken: session }),
  };
}

function checked(settings: JsonValue, where: string): PublishingSettings {
  const kind = isJsonObject(settings) && Object.entries(kinds).find(([type]) => type === settings.type);
  if (!isJsonObject(settings) || !kind)
    throw invalid(where, `an object whose \`type\` is ${listed(Object.keys(kinds))}`);
  const [type, { required, optional }] = kind;
  const known = [...common, ...required, ...optional];
  const unknown = Object.keys(settings).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw invalid(where, `of type ${type}, which has no \`${unknown}\`: it has ${listed(known)}`);
  const { always = false, hours, type: _, ...rest } = settings;
  for (const name of required) if (rest[name] === undefined) throw missing(where, type, name);
  for (const [name, value] of Object.entries(rest)) {
    if (!hasType(name, value))
      throw invalid(where, `right: \`${name}\` must be ${name === "command" ? "a list of texts" : "a text"}`);
  }
  if (typeof always !== "boolean") throw invalid(where, "right: `always` must be true or false");
  if (hours !== undefined && !(typeof hours === "number" && hours > 0 && hours <= 168))
    throw invalid(where, "right: `hours` must be a number of at most 168, which are seven days");
  // The client checks what the values mean, such as addresses.
  const publisher = { type, ...rest } as unknown as PublisherSettings;
  return { publisher, always, ...(hours !== undefined && { ttl: Math.round(hours * 3600) }) };
}

function hasType(name: string, value: JsonValue): boolean {
  if (name === "pathStyle") return typeof value === "boolean";
  if (name === "command") return Array.isArray(value) && value.every((part) => typeof part === "string");
  return typeof value === "string" && value !== "";
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function missing(where: string, type: string, name: string): EngineError {
  const variable =
    name === "accessKeyId"
      ? " (or INLAY_PUBLISHER_KEY_ID)"
      : name === "secretAccessKey"
        ? " (or INLAY_PUBLISHER_SECRET)"
        : "";
  return invalid(where, `whole: a publisher of type ${type} needs \`${name}\`${variable}`);
}

function invalid(where: string, expected: string): EngineError {
  return new EngineError({
    code: "config.invalid",
    message: `${where} is not ${expected}.`,
    suggestion: "docs/publishers.md shows the settings of each kind.",
  });
}
