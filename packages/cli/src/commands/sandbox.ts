import { readFile } from "node:fs/promises";
import { printable } from "@inlay/engine";
import { makeStateFolder, openWorkspace } from "@inlay/host";
import { readFaults, startSandbox, WHAT_THIS_IS } from "@inlay/sandbox";
import { ExitCode } from "../exit-code.ts";
import { text, usageError, wholeNumber, type RawOptions } from "./options.ts";

const largestPort = 65_535;

/** `inlay sandbox`: serves the stand-in for RunComfy until it is interrupted. */
export async function sandboxCommand(options: RawOptions): Promise<number> {
  const port = wholeNumber(options, "port", largestPort);
  const faultsPath = text(options, "faults");
  const faulty = faultsPath === undefined ? undefined : readFaults(await readFaultFile(faultsPath), faultsPath);
  const workspace = await openWorkspace({ dir: text(options, "workspace") ?? "." });
  // A token that the person chose is for this sandbox; the names of the real service's variables are never read here.
  const token = process.env.INLAY_SANDBOX_TOKEN;
  const sandbox = await startSandbox({
    dir: await makeStateFolder(workspace, "sandbox"),
    ...(port !== undefined && { port }),
    ...faulty,
    ...(token !== undefined && token !== "" && { token }),
    onLog: (line) => process.stderr.write(`${line}\n`),
  });
  process.stderr.write(`${WHAT_THIS_IS}\nCtrl+C stops it; its jobs go on at the next start.\n`);
  if (faulty) process.stderr.write(`Faults as in ${printable(faultsPath ?? "")}.\n`);
  process.stdout.write(`RUNCOMFY_BASE_URL=${sandbox.url}\nRUNCOMFY_API_TOKEN=${sandbox.token}\n`);
  await new Promise<void>((stop) => {
    process.once("SIGINT", () => stop());
    process.once("SIGTERM", () => stop());
  });
  await sandbox.close();
  return ExitCode.succeeded;
}

async function readFaultFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw usageError(`The file of faults \`${path}\` cannot be read.`, { received: path });
  }
}
