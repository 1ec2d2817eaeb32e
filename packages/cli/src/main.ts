import { cac, type CAC } from "cac";
import { errorData } from "@inlay/engine";
import { ExitCode, exitCodeOf } from "./exit-code.ts";
import { packageVersion } from "./package-version.ts";
import { explainError } from "./terminal/explain-error.ts";

// The entry of the `inlay` command. Each subcommand is loaded when it is called, so that the others cost nothing.

const program = cac("inlay");

// Whoever reads our output may stop reading; a run that costs money goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

program
  .command("run <file>", "Run a workflow; the paths of its results go to standard output")
  .option("--input <name=value>", "Value of a named input; may be given several times", { type: [String] })
  .option("--out <dir>", "Folder for results (default: outputs in the workspace)", { type: [String] })
  .option("--target <name>", "Named output or node to produce; may be given several times", { type: [String] })
  .option("--workspace <dir>", "Folder that the file's paths are relative to (default: the file's own)", {
    type: [String],
  })
  .option(
    "--sandbox",
    "Use the local stand-in for RunComfy: fills from the surroundings, ignores the prompt, costs nothing",
  )
  .option("--json", "Events as JSON lines on standard output")
  .option("--fail-fast", "Start nothing new after the first failure")
  .option("--no-cache", "Neither read nor keep results on disk")
  .option("--max-paid <n>", "Submit at most n paid jobs (default: 10)", { type: [String] })
  .action(async (file: string, options: object) => (await import("./commands/run.ts")).runCommand(file, options));

program
  .command("validate <file>", "Check a workflow without running it")
  .option("--json", "Diagnostics as JSON")
  .action(async (file: string, options: object) =>
    (await import("./commands/validate.ts")).validateCommand(file, options),
  );

program
  .command("describe <file>", "Show a workflow's named inputs and outputs")
  .option("--json", "As JSON")
  .action(async (file: string, options: object) =>
    (await import("./commands/describe.ts")).describeCommand(file, options),
  );

program
  .command("nodes [type]", "List the installed nodes, or show one with its inputs and outputs")
  .option("--json", "As JSON")
  .action(async (type: string | undefined, options: object) =>
    (await import("./commands/nodes.ts")).nodesCommand(type, options),
  );

program
  .command("jobs [action] [...ids]", "List the workspace's remote jobs; attach KEY REQUEST_ID; forget KEY")
  .option("--workspace <dir>", "The workspace (default: the current folder)", { type: [String] })
  .option("--json", "As JSON")
  .action(async (action: string | undefined, ids: string[], options: object) =>
    (await import("./commands/jobs.ts")).jobsCommand(action, ids, options),
  );

program
  .command("sandbox", "Serve the local stand-in for RunComfy until Ctrl+C")
  .option("--port <port>", "Port (default: any free one)", { type: [String] })
  .option("--workspace <dir>", "Where its jobs are kept (default: the current folder)", { type: [String] })
  .action(async (options: object) => (await import("./commands/sandbox.ts")).sandboxCommand(options));

program.help();
program.version(packageVersion());

process.exitCode = await main(program);

async function main(cli: CAC): Promise<number> {
  try {
    cli.parse(process.argv, { run: false });
    if (cli.options.help || cli.options.version) return ExitCode.succeeded;
    if (!cli.matchedCommand) return noCommand(cli);
    return (await (cli.runMatchedCommand() as Promise<number>)) ?? ExitCode.succeeded;
  } catch (error) {
    process.stderr.write(`${explainError(error)}\n`);
    return error instanceof Error && error.name === "CACError"
      ? ExitCode.invalid
      : exitCodeOf("failed", [errorData(error)]);
  }
}

function noCommand(cli: CAC): number {
  const [unknown] = cli.args;
  if (unknown === undefined) {
    cli.outputHelp();
    return ExitCode.succeeded;
  }
  const names = cli.commands.map(({ name }) => name).filter(Boolean);
  process.stderr.write(
    `error usage.unknown-command: There is no command \`${unknown}\`.\n  expected ${names.join(", ")}\n`,
  );
  return ExitCode.invalid;
}
