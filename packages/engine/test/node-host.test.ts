import { test } from "vitest";
import { engineHostConformance } from "../src/testing/index.ts";
import { testHost } from "./node-host.ts";

const cases = engineHostConformance(testHost);
test.each(cases.map(({ name, run }) => [name, run] as const))("the host of the engine's tests: %s", (_rule, run) =>
  run(),
);
