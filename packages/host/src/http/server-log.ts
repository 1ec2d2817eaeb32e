import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";

/**
 * The server's log: JSON lines without tokens, cookies or what stands in bodies.
 * @param level `fatal` … `trace`, or `silent`
 */
export function serverLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: ["token", "authorization", "cookie", "*.token", "*.authorization", "*.cookie", "headers"],
  };
  return destination ? pino(options, destination) : pino(options, pino.destination(2));
}
