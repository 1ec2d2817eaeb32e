import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bundles command and library from source; what is native or heavy stays outside and is loaded when it is needed. */
export default defineConfig({
  resolve: { conditions: ["@inlay/source"] },
  ssr: { noExternal: true, external: ["sharp", "undici", "libsql"], resolve: { conditions: ["@inlay/source"] } },
  build: {
    ssr: true,
    outDir: "bundle",
    target: "node20",
    minify: true,
    rollupOptions: {
      input: {
        inlay: here("./src/main.ts"),
        index: here("./src/index.ts"),
        "fill-worker": here("../patchmatch/src/node/fill-worker.ts"),
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name]-[hash].js",
        // Few files: Node spends more on finding a module than on reading it. What a command does not need stays apart.
        codeSplitting: {
          groups: [
            { name: "nodes", test: /packages\/(nodes\/src\/(?!pack|prefetch|generated|index)|engine\/src\/(node\/(sockets|define-node)|schema\/from-zod)|raster)|node_modules\/.*zod/ },
            { name: "core", test: /packages\/(engine|nodes)\/src|jsonc-parser/ },
            { name: "run", test: /packages\/(host\/src\/(?!journal\/(?!journal-error))|cli\/src\/(library|commands\/run|terminal\/progress))/ },
            { name: "remote", test: /packages\/(runcomfy|host\/src\/journal)|kysely/ },
          ],
        },
      },
    },
  },
});
