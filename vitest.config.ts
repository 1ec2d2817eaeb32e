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
    // Much of what the tests do is waiting: for processes, sockets and browsers. One worker would leave a core idle.
    maxWorkers: 3,
  },
});
