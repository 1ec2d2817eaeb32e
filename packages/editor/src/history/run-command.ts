import type { JsonValue } from "@inlay/engine";

/** What of a run its command says. */
interface CommandOf {
  readonly workflow: { readonly file?: string | undefined };
  readonly inputs: { readonly [name: string]: JsonValue };
}

/** The command that runs the same file with the same inputs; undefined when the run was of no file, or took a picture. */
export function runCommand({ workflow, inputs }: CommandOf): string | undefined {
  if (workflow.file === undefined) return undefined;
  const given = Object.entries(inputs);
  if (given.some(([, value]) => typeof value === "object")) return undefined;
  const words = given.map(
    ([name, value]) => `--input ${quoted(`${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)}`,
  );
  return ["inlay run", quoted(workflow.file), "--workspace .", ...words].join(" ");
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
