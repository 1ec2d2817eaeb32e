import { expect, test } from "vitest";
import { isRequestId, modelPath, parseBaseUrl, requestPath } from "./base-url.ts";

test("reads origin, prefix and whether it is this machine", () => {
  expect(parseBaseUrl("https://model-api.runcomfy.net")).toEqual({
    origin: "https://model-api.runcomfy.net",
    prefix: "",
    loopback: false,
  });
  expect(parseBaseUrl("http://[::1]:8188/proxy/")).toEqual({
    origin: "http://[::1]:8188",
    prefix: "/proxy",
    loopback: true,
  });
});

test("only this machine may be spoken to without TLS", () => {
  for (const url of ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"]) {
    expect(parseBaseUrl(url).loopback).toBe(true);
  }
  for (const url of ["http://192.168.0.2", "http://127.0.0.1.example.com", "ws://localhost", "x"]) {
    expect(() => parseBaseUrl(url)).toThrow();
  }
});

test("an id that could lead elsewhere is no request id", () => {
  expect(isRequestId("a-Z_9")).toBe(true);
  for (const id of ["", "..", "a/b", "a?b", "a%2f", "a b", "x".repeat(129), 7, undefined]) {
    expect(isRequestId(id)).toBe(false);
  }
  expect(() => requestPath("../x", "status")).toThrow("not the id");
});

test("a model's id may contain slashes and dots, but not climb", () => {
  expect(modelPath("tongyi-mai/z-image/turbo/inpainting")).toBe("/v1/models/tongyi-mai/z-image/turbo/inpainting");
  expect(modelPath("wan-ai/wan-2.6")).toBe("/v1/models/wan-ai/wan-2.6");
  for (const id of ["", "/a", "a/", "a//b", "../a", "a/../b", "a?b", "a#b"]) expect(() => modelPath(id)).toThrow();
});
