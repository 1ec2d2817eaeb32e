import { EngineError, type NodeContext, type WrittenFile } from "@inlay/engine";
import { z } from "zod";
import { fillName, isNumbered } from "./save-name.ts";

/** The input of every save node that says what to do with a name that is taken. */
export const onExists = z.enum(["number", "overwrite", "error"]).default("number").meta({
  title: "When the File Exists",
  description: "What to do when another file has the name: find a free one with a number, replace it, or fail.",
});

/** A file that a save node writes. */
interface Content {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly onExists: z.output<typeof onExists>;
}

/**
 * Writes a file under a name with placeholders, of which `{n}` takes the lowest number that is free, or the item's own
 * number in a list. Fails with `save.name` when there is none, and as writing files does.
 */
export async function writeNamed(template: string, content: Content, ctx: NodeContext): Promise<WrittenFile> {
  const { run, files } = ctx;
  if (isNumbered(template) && run.item === undefined) return writeNumbered(template, content, ctx);
  return files.write({ ...content, path: fillName(template, { run, number: run.item ?? 1 }) });
}

const highestNumber = 100_000;

/** Tries 1, 2, 3, … until a name is free or already holds these bytes. */
async function writeNumbered(template: string, content: Content, ctx: NodeContext): Promise<WrittenFile> {
  for (let number = 1; number <= highestNumber; number += 1) {
    const path = fillName(template, { run: ctx.run, number });
    try {
      return await ctx.files.write({ ...content, path, onExists: "error" });
    } catch (error) {
      if (!(error instanceof EngineError && error.code === "file.exists")) throw error;
      ctx.signal.throwIfAborted();
    }
  }
  throw new EngineError({
    code: "save.name",
    message: `All names from 1 to ${highestNumber} are taken.`,
    input: "name",
    received: template,
  });
}
