import { join } from "node:path";
import { expect, test } from "vitest";
import { staticImports } from "../test/imports.ts";
import { nodesPack } from "./pack.ts";
import { needsCodec } from "./prefetch.ts";

test.each(Object.keys(nodesPack.nodes))(
  "the codec is prefetched exactly when the node's code reaches it: %s",
  (type) => {
    const { modules } = staticImports(join(import.meta.dirname, `${type}.ts`));
    expect(needsCodec(type)).toBe(modules.has(join(import.meta.dirname, "codec/sharp.ts")));
  },
);
