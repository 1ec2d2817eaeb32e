import { EngineError, errorData } from "@inlay/engine";
import { commandHelp, parseCommandLine, programHelp, type Command, type CommandOption } from "./command-line.ts";
import { ExitCode, exitCodeOf } from "./exit-code.ts";
import { packageVersion } from "./package-version.ts";
import { explainError } from "./terminal/explain-error.ts";

// The entry of the `inlay` command. Each subcommand is loaded when it is called, so that the others cost nothing.

const workspace = (help: string): CommandOption => ({ name: "workspace", value: "<dir>", help });
const pack: CommandOption = {
  name: "pack",
  value: "<package>",
  help: "More nodes: an installed package or a path; may be given several times",
};
const json = (help: string): CommandOption => ({ name: "json", help });

const commands: readonly Command[] = [
  {
    name: "run",
    usage: "<file>",
    least: 1,
    most: 1,
    summary: "Run a workflow; the paths of its results go to standard output",
    options: [
      {
        name: "input",
        value: "<name=value>",
        help: "Value of a named input; may be given several times; paths of files are relative to the current folder",
      },
      { name: "out", value: "<dir>", help: "Folder for results (default: outputs in the workspace)" },
      { name: "target", value: "<name>", help: "Named output or node to produce; may be given several times" },
      {
        name: "from",
        value: "<node>",
        help: "Run this node and all behind it again, even if cached; may be given several times",
      },
      {
        name: "again",
        value: "<node>",
        help: "Order and pay this node's jobs once more; the new result takes the old one's place",
      },
      workspace("Folder that the file's paths are relative to (default: the file's own)"),
      {
        name: "sandbox",
        help: "Use the local stand-in for RunComfy: fills from the surroundings, ignores the prompt, costs nothing",
      },
      pack,
      json("Events as JSON lines on standard output"),
      {
        name: "fix",
        value: "<code>",
        help: "Accept the fix that an error of this code offers, for this run; may be given several times",
      },
      {
        name: "metadata",
        value: "<level>",
        help: "What saved pictures say of how they were made: full, graph (the workflow alone) or none (default: as each save node is set)",
      },
      { name: "fail-fast", help: "Start nothing new after the first failure" },
      { name: "no-cache", help: "Neither read nor keep results on disk" },
      { name: "cache-size", value: "<size>", help: "Keep at most so much on disk, such as 20GB (default: 5GB)" },
      { name: "max-paid", value: "<n>", help: "Submit at most n paid jobs (default: 10, or any number with --budget)" },
      {
        name: "budget",
        value: "<usd>",
        help: "Submit no paid job that would bring the run's cost above so many US dollars",
      },
    ],
    run: async ([file = ""], options) => (await import("./commands/run.ts")).runCommand(file, options),
  },
  {
    name: "plan",
    usage: "<file>",
    least: 1,
    most: 1,
    summary: "Show what a run would do: what executes, what comes from the cache, how many jobs are paid",
    options: [
      { name: "input", value: "<name=value>", help: "Value of a named input, as for `inlay run`" },
      { name: "target", value: "<name>", help: "Named output or node to produce; may be given several times" },
      { name: "from", value: "<node>", help: "As if this node and all behind it ran again" },
      { name: "again", value: "<node>", help: "As if this node's jobs were ordered and paid once more" },
      workspace("Folder that the file's paths are relative to (default: the file's own)"),
      { name: "sandbox", help: "For a run against the local stand-in for RunComfy" },
      pack,
      json("As JSON"),
    ],
    run: async ([file = ""], options) => (await import("./commands/plan.ts")).planCommand(file, options),
  },
  {
    name: "pin",
    usage: "<file> <node>",
    least: 2,
    most: 2,
    summary: "Write a node's present result into the file, so that the node does not run any more",
    options: [
      { name: "input", value: "<name=value>", help: "Value of a named input, as for `inlay run`" },
      workspace("Folder that the file's paths are relative to (default: the file's own)"),
      { name: "sandbox", help: "Take the result of the local stand-in for RunComfy" },
      pack,
      { name: "max-paid", value: "<n>", help: "Submit at most n paid jobs to make the result (default: 0)" },
      { name: "budget", value: "<usd>", help: "Spend at most so many US dollars on making the result" },
    ],
    run: async ([file = "", id = ""], options) => (await import("./commands/pin.ts")).pinCommand(file, id, options),
  },
  {
    name: "unpin",
    usage: "<file> <node>",
    least: 2,
    most: 2,
    summary: "Let a pinned node run again",
    options: [workspace("Where its models are (default: the file's own folder)"), pack],
    run: async ([file = "", id = ""], options) => (await import("./commands/pin.ts")).unpinCommand(file, id, options),
  },
  {
    name: "validate",
    usage: "<file>",
    least: 1,
    most: 1,
    summary: "Check a workflow without running it",
    options: [
      workspace("Where its models and files are (default: the file's own folder)"),
      pack,
      json("Diagnostics as JSON"),
    ],
    run: async ([file = ""], options) => (await import("./commands/validate.ts")).validateCommand(file, options),
  },
  {
    name: "describe",
    usage: "<file>",
    least: 1,
    most: 1,
    summary: "Show a workflow's named inputs and outputs",
    options: [workspace("Where its models are (default: the file's own folder)"), pack, json("As JSON")],
    run: async ([file = ""], options) => (await import("./commands/describe.ts")).describeCommand(file, options),
  },
  {
    name: "extract",
    usage: "<picture>",
    least: 1,
    most: 1,
    summary: "Print the workflow in a picture that Inlay saved; `inlay run` takes such a picture too",
    options: [json("With the values of named inputs and the seeds of that run, as JSON")],
    run: async ([file = ""], options) => (await import("./commands/extract.ts")).extractCommand(file, options),
  },
  {
    name: "pack",
    usage: "<file>",
    least: 1,
    most: 1,
    summary: "Put a workflow and the pictures that it names into one file, to be shared",
    options: [
      { name: "output", short: "o", value: "<file>", help: "Where to (default: its name with `.inlay`)" },
      { name: "overwrite", help: "Replace a file that is there" },
      workspace("Folder that the file's paths are relative to (default: the file's own)"),
      json("What is in it, as JSON"),
    ],
    run: async ([file = ""], options) => (await import("./commands/pack.ts")).packCommand(file, options),
  },
  {
    name: "unpack",
    usage: "<parcel>",
    least: 1,
    most: 1,
    summary: "Take a workflow and its pictures out of one file; what is there already stays as it is",
    options: [
      {
        name: "output",
        short: "o",
        value: "<dir>",
        help: "Folder to put them into (default: one of the parcel's name)",
      },
      { name: "overwrite", help: "Replace files that are there" },
      { name: "keep-both", help: "Give a picture another name where its own is taken" },
      json("As JSON"),
    ],
    run: async ([file = ""], options) => (await import("./commands/unpack.ts")).unpackCommand(file, options),
  },
  {
    name: "viewer",
    usage: "<dir> [file…]",
    least: 1,
    most: 200,
    summary: "Make a folder of static files in which a browser looks at workflows, without a server that runs them",
    options: [
      { name: "title", value: "<text>", help: "What the page calls the collection (default: the workspace's name)" },
      { name: "overwrite", help: "Write over what is in the folder" },
      workspace("Folder that the files' paths are relative to (default: that of the first file)"),
      pack,
    ],
    run: async ([dir = "", ...files], options) =>
      (await import("./commands/viewer.ts")).viewerCommand(dir, files, options),
  },
  {
    name: "nodes",
    usage: "[type | word]",
    least: 0,
    most: 1,
    summary: "List the installed nodes, find some by a word, or show one with its inputs and outputs",
    options: [workspace("Whose models are listed too (default: the current folder)"), pack, json("As JSON")],
    run: async ([type], options) => (await import("./commands/nodes.ts")).nodesCommand(type, options),
  },
  {
    name: "add-model",
    usage: "<schema.json>",
    least: 1,
    most: 1,
    summary: "Make a node of a RunComfy model's JSON Schema, for the workflows of one workspace",
    options: [
      { name: "id", value: "<vendor/model>", help: "The model's id, as the service writes it" },
      { name: "output", value: "<kind>", help: "What it gives: image, images, video or videos (default: guessed)" },
      { name: "title", value: "<text>", help: "The node's title (default: the schema's, or made of the id)" },
      { name: "replace", help: "Put it in the place of another model of this id" },
      workspace("The workspace (default: the current folder)"),
      json("As JSON"),
    ],
    run: async ([file = ""], options) => (await import("./commands/add-model.ts")).addModelCommand(file, options),
  },
  {
    name: "new-node",
    usage: "<family/name>",
    least: 1,
    most: 1,
    summary: "Write a node of your own to begin with, and its test",
    options: [{ name: "dir", value: "<dir>", help: "Where (default: the folder of your own nodes)" }],
    run: async ([type = ""], options) => (await import("./commands/new-node.ts")).newNodeCommand(type, options),
  },
  {
    name: "jobs",
    usage: "[list | collect ID | collect --all | attach KEY REQUEST_ID | forget KEY | resubmit KEY]",
    least: 0,
    most: 3,
    summary: "List the workspace's remote jobs, or decide about one of them",
    options: [
      workspace("The workspace (default: the current folder)"),
      { name: "sandbox", help: "Collect from the workspace's sandbox" },
      { name: "all", help: "Collect every job that the service has accepted and whose result is not here" },
      { name: "may-pay-twice", help: "Resubmit although the first job may exist and be billed" },
      json("As JSON"),
    ],
    run: async ([action, ...ids], options) => (await import("./commands/jobs.ts")).jobsCommand(action, ids, options),
  },
  {
    name: "gc",
    usage: "",
    least: 0,
    most: 0,
    summary: "Make room: remove results not used for longest, and files that nothing refers to any more",
    options: [
      { name: "max", value: "<size>", help: "How much may stay, such as 2GB (default: the cache's size)" },
      { name: "paid", help: "Also results that cost money, last of all; without it they stay" },
      { name: "dry-run", help: "Only say what would go" },
      workspace("The workspace (default: the current folder)"),
      json("As JSON"),
    ],
    run: async (_args, options) => (await import("./commands/gc.ts")).gcCommand(options),
  },
  {
    name: "serve",
    usage: "",
    least: 0,
    most: 0,
    summary: "Serve a workspace: editor, HTTP API and runs, until Ctrl+C",
    options: [
      workspace("The workspace, made when it is not there (default: the current folder)"),
      { name: "port", value: "<port>", help: "Port (default: 8288; 0 takes a free one)" },
      { name: "host", value: "<address>", help: "Address to listen at (default: 127.0.0.1, this machine only)" },
      { name: "max-runs", value: "<n>", help: "Run at most n at once; the others wait in the queue (default: 64)" },
      {
        name: "sandbox",
        help: "Use the local stand-in for RunComfy: fills from the surroundings, ignores the prompt, costs nothing",
      },
      {
        name: "max-waiting",
        value: "<runs>",
        help: "Runs of one client that may wait; more are refused (default: 1000)",
      },
      { name: "open", help: "Open the address in a browser" },
      pack,
    ],
    run: async (_args, options) => (await import("./commands/serve.ts")).serveCommand(options),
  },
  {
    name: "sandbox",
    usage: "",
    least: 0,
    most: 0,
    summary: "Serve the local stand-in for RunComfy until Ctrl+C",
    options: [
      { name: "port", value: "<port>", help: "Port (default: any free one)" },
      workspace("Where its jobs are kept (default: the current folder)"),
      {
        name: "model",
        value: "<file>",
        help: "Also serve this model, as the workspace's models are: its file, or the service's answer about it; may be given several times",
      },
      { name: "faults", value: "<file>", help: "JSON file that says what goes wrong with which call" },
    ],
    run: async (_args, options) => (await import("./commands/sandbox.ts")).sandboxCommand(options),
  },
];

// Whoever reads our output may stop reading; a run that costs money goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

// A node that waits for what never comes must not end the process silently, as Node does when nothing else is left to do.
const alive = setInterval(() => undefined, 2 ** 30);
process.exitCode = await main(process.argv.slice(2));
clearInterval(alive);
leaveSoon();

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || ["help", "--help", "-h"].includes(name)) return print(programHelp(commands));
  if (["--version", "-v"].includes(name)) return print(`inlay/${packageVersion()} node-${process.version}\n`);
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) return unknownCommand(name);
  try {
    const { args, options, help } = parseCommandLine(command, rest);
    return help ? print(commandHelp(command)) : await command.run(args, options);
  } catch (error) {
    process.stderr.write(`${explainError(error)}\n`);
    return exitCodeOf("failed", [errorData(error)]);
  }
}

/** What a third party's node has left running must not keep the command from ending. */
function leaveSoon(): void {
  const isWritten = (): boolean => process.stdout.writableLength === 0 && process.stderr.writableLength === 0;
  setInterval(() => isWritten() && process.exit(), 1000).unref();
}

function print(text: string): number {
  process.stdout.write(text);
  return ExitCode.succeeded;
}

function unknownCommand(name: string): number {
  const error = {
    code: "usage.unknown-command",
    message: `There is no command \`${name}\`.`,
    expected: commands.map((command) => command.name).join(", "),
  };
  process.stderr.write(`${explainError(new EngineError(error))}\n`);
  return ExitCode.invalid;
}
