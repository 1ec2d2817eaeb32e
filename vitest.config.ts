import { defineConfig } from "vitest/config";

const browserTests = "packages/editor/test/browser/**/*.test.ts";

export default defineConfig({
  resolve: { conditions: ["@inlay/source"] },
  ssr: { resolve: { conditions: ["@inlay/source"] } },
  test: {
    testTimeout: 60_000,
    // A busy machine takes its time; what is polled for ends as soon as it is there.
    expect: { poll: { timeout: 30_000 } },
    pool: "forks",
    // Much of what the tests do is waiting: for processes, sockets and browsers. One worker would leave a core idle.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        // Tests beside the code keep nothing between files, so a worker loads the modules once: a third of the time.
        test: { name: "code", include: ["packages/*/src/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "whole",
          include: ["packages/*/test/**/*.test.ts", "examples/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: ["**/node_modules/**", browserTests],
        },
      },
      {
        extends: true,
        // Each of their tests has a browser profile of its own; the browser itself serves a worker's files one after the other.
        test: { name: "browser", include: [browserTests], isolate: false },
      },
    ],
  },
});
