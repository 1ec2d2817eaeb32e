import { lookup as lookupHost } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import type { BaseUrl } from "./base-url.ts";
import { problem } from "./problem.ts";
import type { Redact } from "./redact.ts";

/** Where results lie, by RunComfy's own clients. */
export const DEFAULT_DOWNLOAD_HOSTS: readonly string[] = ["*.runcomfy.net", "*.runcomfy.com"];

/** Where results may be fetched from. */
export interface DownloadRules {
  readonly base: BaseUrl;
  /** Host names, `*.` standing for any subdomain. */
  readonly hosts: readonly string[];
  readonly redact: Redact;
}

/**
 * Reads a result's URL. Throws `remote.host` unless it is https on an allowed host, or lies on the API's own origin
 * where that is this machine; and `remote.private-host` for a private address in place of a name.
 */
export function checkDownloadUrl(text: string, { base, hosts, redact }: DownloadRules): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && base.loopback && url.origin === base.origin) return url;
  const allowed = url?.protocol === "https:" && !url.username && !url.password && isAllowed(url.hostname, hosts);
  if (!url || !allowed)
    throw problem("remote.host", { ending: "detached", ...(url ? { reason: `the host is ${redact(url.host)}` } : {}) });
  if (!base.loopback && isPrivateAddress(bareHost(url.hostname)))
    throw problem("remote.private-host", { ending: "detached" });
  return url;
}

/** The code of the error that `publicLookup` gives. */
export const PRIVATE_ADDRESS = "ERR_PRIVATE_ADDRESS";

/** Resolves a name like the system does, and fails with `PRIVATE_ADDRESS` when any of its addresses is refused. */
export function lookupUnless(isRefused: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookupHost(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error("no address"), "", 0);
      if (addresses.some(({ address }) => isRefused(address))) {
        return callback(Object.assign(new Error("private address"), { code: PRIVATE_ADDRESS }), "", 0);
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

/** Resolves names to public addresses only. What connects through it connects to the address that was checked. */
export const publicLookup: LookupFunction = lookupUnless(isPrivateAddress);

/**
 * Whether an address (not a name) belongs to this machine, a private network, or nobody. An address of IPv6 that stands
 * for one of IPv4 (NAT64, 6to4) counts as that.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 4) return private4.check(address, "ipv4");
  if (isIP(address) !== 6) return false;
  const inside = embeddedIpv4(address);
  return private6.check(address, "ipv6") || (inside !== undefined && private4.check(inside, "ipv4"));
}

/** The IPv4 address inside one of NAT64 (64:ff9b::/96, RFC 6052) or 6to4 (2002::/16, RFC 3056). */
function embeddedIpv4(address: string): string | undefined {
  const groups = groupsOf(address);
  const isNat64 = groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  const [high, low] = isNat64 ? groups.slice(6) : groups[0] === 0x2002 ? groups.slice(1, 3) : [];
  if (high === undefined || low === undefined) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  // A URL writes every form, dotted or zoned, as plain groups.
  const plain = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const [before = [], after] = plain.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const zeros = Array.from({ length: after ? 8 - before.length - after.length : 0 }, () => "0");
  return [...before, ...zeros, ...(after ?? [])].map((group) => Number.parseInt(group, 16));
}

// Two lists, since one list takes every IPv4 address as its IPv6-mapped form, which is refused as a whole.
const private4 = new BlockList();
const private6 = new BlockList();
// The special-purpose registries of RFC 6890 and its updates, as far as they are not globally reachable.
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  private4.addSubnet(net, prefix, "ipv4");
}
for (const [net, prefix] of [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 32],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
] as const) {
  private6.addSubnet(net, prefix, "ipv6");
}

function isAllowed(hostname: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => (host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host));
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
