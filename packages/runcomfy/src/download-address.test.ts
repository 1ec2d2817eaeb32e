import { expect, test } from "vitest";
import { isPrivateAddress, PRIVATE_ADDRESS, publicLookup } from "./download-address.ts";

test("addresses of this machine, of private networks and of nobody are private", () => {
  const addresses = ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"];
  const six = ["::1", "::", "fd00::1", "fe80::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "ff02::1"];
  for (const address of [...addresses, ...six]) expect(isPrivateAddress(address), address).toBe(true);
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
