import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@inlay/source"] },
  ssr: { resolve: { conditions: ["@inlay/source"] } },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/*/test/**/*.test.ts",
      "examples/**/*.test.ts",
      "tests/**/*.test.ts",
    ],
    testTimeout: 30_000,
    pool: "forks",
  },
});
