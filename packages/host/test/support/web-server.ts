import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { onTestFinished } from "vitest";

/**
 * A certificate of nobody and its key, for `pictures.test`, `other.test` and `private.test`, which exist nowhere. Made
 * for these tests with `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes`.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBwzCCAWmgAwIBAgIUXmJnznonbbPelBBHQVfP9rxdfEUwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNcGljdHVyZXMudGVzdDAgFw0yNjExMjYxNDM4MTJaGA8yMTI2
MTEwMjE0MzgxMlowGDEWMBQGA1UEAwwNcGljdHVyZXMudGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABOnQDRmEqdOsE+WTf/RXXVICWDpynn14U5qmyLPC7EDh
zZpttmSpS0tI6yEHV2Ty9SUwW76sp0j4R+q334oQPfWjgY4wgYswHQYDVR0OBBYE
FL8vxi9gJWE/M8MMr1zA1imj2eCAMB8GA1UdIwQYMBaAFL8vxi9gJWE/M8MMr1zA
1imj2eCAMA8GA1UdEwEB/wQFMAMBAf8wOAYDVR0RBDEwL4INcGljdHVyZXMudGVz
dIIMcHJpdmF0ZS50ZXN0ggpvdGhlci50ZXN0hwR/AAABMAoGCCqGSM49BAMCA0gA
MEUCIB3PvwJlI8TfEOuZv5ZB4Mp6a9fPojQ7OH+4kHxXea3vAiEAm8L2Mwy4dDpx
o5c/HjZGcWd38/lqOF8VSBJj/wfUt0g=
-----END CERTIFICATE-----`;
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgyo7Pzas0Q30f5YgC
CUA7f2TMEJAHzfnjdnhbuQ75WvihRANCAATp0A0ZhKnTrBPlk3/0V11SAlg6cp59
eFOapsizwuxA4c2abbZkqUtLSOshB1dk8vUlMFu+rKdI+Efqt9+KED31
-----END PRIVATE KEY-----`;

/** A real server of https on this machine. */
export interface WebServer {
  readonly port: number;
  /** What was asked for: method, host and path. */
  readonly calls: string[];
}

export async function webServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<WebServer> {
  const calls: string[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    calls.push(`${request.method} ${request.headers.host} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, calls };
}

/** Resolves names like a name server that says what the test wants. */
export function namesTo(addresses: Readonly<Record<string, string>>): LookupFunction {
  return (hostname, options, callback) => {
    const address = addresses[hostname];
    if (address === undefined) return callback(Object.assign(new Error("unknown"), { code: "ENOTFOUND" }), "", 0);
    return options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4);
  };
}
