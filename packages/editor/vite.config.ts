import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

/** Notes which modules ended up in which chunk: a test holds the walls and the size of the first load against it. */
function noteModules(): Plugin {
  const folder = fileURLToPath(new URL("./build/", import.meta.url));
  const root = fileURLToPath(new URL("../../", import.meta.url));
  return {
    name: "note-modules",
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) =>
        file.type === "chunk"
          ? [
              {
                file: file.fileName,
                isEntry: file.isEntry,
                imports: file.imports,
                modules: file.moduleIds.map((id) => id.replace(root, "")),
              },
            ]
          : [],
      );
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}modules.json`, `${JSON.stringify(chunks, null, 1)}\n`);
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [react(), noteModules()],
  resolve: {
    conditions: ["@inlay/source", ...defaultClientConditions],
    alias: { "styled-components": fileURLToPath(new URL("./src/canvas/rete/no-styles.ts", import.meta.url)) },
  },
  build: {
    target: "es2023",
    rollupOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: "react", test: /node_modules\/.*\/(react|react-dom|scheduler)\// }],
        },
      },
    },
  },
});
