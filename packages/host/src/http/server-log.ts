import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";

/** What has one of these names is never written, however deep it lies. */
const secret = /^(.*token|(proxy-)?authorization|(set-)?cookie|headers|secret|password)$/i;

/** Deeper than anything that is logged on purpose. */
const mostDepth = 8;

/**
 * The server's log: JSON lines without tokens, cookies or what stands in bodies.
 * @param level `fatal` … `trace`, or `silent`
 */
export function serverLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { log: (fields) => withoutSecrets(fields, 0) as Record<string, unknown> },
      // An error may carry what it was about: the request, its headers.
      serializers: { err: (error: Error) => withoutSecrets(pino.stdSerializers.err(error), 0) },
    },
    destination,
  );
}

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Error) return value;
  if (depth === mostDepth) return "…";
  if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, depth + 1));
  const entries = Object.entries(value).map(([name, entry]) => [
    name,
    secret.test(name) ? "[Redacted]" : withoutSecrets(entry, depth + 1),
  ]);
  return Object.fromEntries(entries);
}
