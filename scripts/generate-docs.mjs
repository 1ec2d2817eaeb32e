// Writes what is derived from the engine and the nodes: docs/diagnostics.md and docs/workflow.schema.json.
import { readFileSync, writeFileSync } from "node:fs";
import { root } from "./run-command.mjs";

const { catalogOf, diagnosticCodes, workflowJsonSchema } = await import(`${root}packages/engine/dist/index.js`);
const { nodesPack } = await import(`${root}packages/nodes/dist/index.js`);

const files = {
  "docs/diagnostics.md": diagnosticsPage(diagnosticCodes),
  "docs/workflow.schema.json": `${JSON.stringify(workflowJsonSchema(catalogOf([nodesPack])), null, 2)}\n`,
};

let stale = false;
for (const [path, text] of Object.entries(files)) {
  if (!process.argv.includes("--check")) writeFileSync(root + path, text);
  else if (read(path) !== text) {
    console.error(`${path} is out of date: run npm run generate`);
    stale = true;
  }
}
if (stale) process.exit(1);

function read(path) {
  try {
    return readFileSync(root + path, "utf8");
  } catch {
    return undefined;
  }
}

function diagnosticsPage(codes) {
  const rows = Object.entries(codes).map(([code, text]) => `| \`${code}\` | ${text} |`);
  return `# Diagnostics\n\nWhat reading, checking and planning a workflow file can find. Generated from the engine's table of codes.\n\n| code | meaning |\n| --- | --- |\n${rows.join("\n")}\n`;
}
