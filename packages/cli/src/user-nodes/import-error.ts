import { execFile } from "node:child_process";
import { errorData } from "@inlay/engine";

/** Why a module could not be imported, with the line of a syntax error. */
export async function importError(file: string, error: unknown): Promise<string> {
  const line =
    error instanceof SyntaxError ? (lineIn(error.stack ?? "") ?? (await lineOfSyntaxError(file))) : undefined;
  return `${line === undefined ? "" : `line ${line}: `}${errorData(error).message.replace(/[.]?$/, ".")}`;
}

/** Node tells the line of a module's syntax error to nobody but standard error. */
function lineOfSyntaxError(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--check", file], { timeout: 10_000 }, (_error, _stdout, stderr) =>
      resolve(lineIn(stderr)),
    );
  });
}

function lineIn(text: string): string | undefined {
  return /^(?:file:)?\/[^\n]*:(\d+)$/m.exec(text)?.[1];
}
