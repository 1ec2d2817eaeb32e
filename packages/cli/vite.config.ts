import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What only the library's own `z` and the server need of zod: its languages, and all of it as one object. */
const wholeZod =
  /node_modules\/zod\/(index|v4\/(locales\/(?!en\.)|core\/index|classic\/(index|external|from-json-schema)))/;

/** What every node's definition needs and nothing else does: zod above all. */
const nodeKit = /packages\/engine\/src\/(node\/(sockets|define-node)|schema\/from-zod)|node_modules\/zod\//;

/** Bundles command and library from source; what is native or heavy stays outside and is loaded when it is needed. */
export default defineConfig({
  resolve: { conditions: ["@inlay/source"] },
  ssr: {
    noExternal: true,
    external: ["sharp", "undici", "libsql", "pino"],
    resolve: { conditions: ["@inlay/source"] },
  },
  build: {
    ssr: true,
    outDir: "bundle",
    target: "node20",
    minify: false,
    rollupOptions: {
      input: {
        inlay: here("./src/main.ts"),
        index: here("./src/index.ts"),
        testing: here("./src/testing.ts"),
        "fill-worker": here("../patchmatch/src/node/fill-worker.ts"),
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        // Few files: Node spends more on finding a module than on reading it. What a command does not need stays apart.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: "zod", test: wholeZod, priority: 3 },
            { name: "node-kit", test: nodeKit, priority: 2 },
            { name: "pictures", test: /packages\/nodes\/src\/(codec|pixels|pace)/ },
            {
              name: "core",
              test: /packages\/(engine\/src(?!\/testing)|nodes\/src\/(pack|prefetch|generated|index|codec\/sharp))|jsonc-parser/,
              priority: 1,
            },
            {
              name: "run",
              test: /packages\/(host\/src\/(?!http|parcel|checkpoints|runs|sqlite|url\/url-fetcher|webhooks|workflows\/(?!invalid-workflow)|journal\/(?!journal-error))|cli\/src\/(library|commands\/run|terminal\/progress))/,
            },
            {
              name: "remote",
              test: /packages\/(runcomfy\/src\/(?!schemas)|host\/src\/(journal|sqlite|url\/url-fetcher))|kysely/,
            },
            { name: "parcel", test: /packages\/host\/src\/parcel|node_modules\/(fflate|yauzl|pend)\// },
            {
              name: "server",
              test: /packages\/host\/src\/(http|checkpoints|runs|webhooks|workflows)|node_modules\/.*(hono|openapi|yaml)/,
            },
          ],
        },
      },
    },
  },
});
