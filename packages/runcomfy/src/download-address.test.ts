import { expect, test } from "vitest";
import { isPrivateAddress, PRIVATE_ADDRESS, publicLookup } from "./download-address.ts";

test("addresses of this machine, of private networks and of nobody are private", () => {
  const addresses = ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"];
  const six = ["::1", "::", "fd00::1", "fe80::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "ff02::1"];
  for (const address of [...addresses, ...six]) expect(isPrivateAddress(address), address).toBe(true);
});

test("an address of IPv6 that leads to a private one of IPv4 is private, one that leads to a public one is not", () => {
  for (const address of [
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "2002:7f00:1::",
    "::7f00:1",
  ]) {
    expect(isPrivateAddress(address), address).toBe(true);
  }
  for (const address of ["64:ff9b::808:808", "64:ff9b::8.8.8.8", "2002:808:808::1"]) {
    expect(isPrivateAddress(address), address).toBe(false);
  }
  for (const address of ["fe80::1%eth0", "fec0::1", "2001::1", "192.0.2.1", "203.0.113.9"]) {
    expect(isPrivateAddress(address), address).toBe(true);
  }
});

test("other addresses, and names, are not", () => {
  for (const address of ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "example.com", ""]) {
    expect(isPrivateAddress(address), address).toBe(false);
  }
});

test("a name's public addresses are handed on in the form that was asked for, private ones are an error", async () => {
  expect(await resolve("8.8.8.8", true)).toEqual([null, [{ address: "8.8.8.8", family: 4 }], undefined]);
  expect(await resolve("8.8.8.8", false)).toEqual([null, "8.8.8.8", 4]);
  const [error] = await resolve("localhost", true);
  expect(error).toMatchObject({ code: PRIVATE_ADDRESS });
});

function resolve(host: string, all: boolean): Promise<unknown[]> {
  return new Promise((done) => publicLookup(host, { all }, (...answer) => done([answer[0], answer[1], answer[2]])));
}
