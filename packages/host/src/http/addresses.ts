import { networkInterfaces } from "node:os";

/** Where the server listens, and by which names it may be called. */
export interface Addresses {
  /** Every `Host` that is this server's, in lower case, with the port. */
  readonly hosts: ReadonlySet<string>;
  /** What to open in a browser, without a slash at the end. */
  readonly url: string;
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The names of a server that listens at `host`. On loopback these are loopback's names; elsewhere also the host as it
 * was given, or every address of the machine when it listens at all of them. A name that merely resolves to the machine
 * is none of them: that is how a foreign page would reach it.
 */
export function addressesOf(host: string, port: number): Addresses {
  const named = isWildcard(host) ? ownAddresses() : [bracketed(host)];
  const names = [...loopback, ...named].map((name) => name.toLowerCase());
  // Browsers leave the port of http out.
  const hosts = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  return { hosts: new Set(hosts), url: `http://${isWildcard(host) ? "127.0.0.1" : bracketed(host)}:${port}` };
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => bracketed(address)));
}
