/**
 * Every code that reading, checking and planning a workflow can give, with the exit status `2` of the command line.
 * A code is never renamed or used for something else.
 */
export const diagnosticCodes = {
  // The text
  "json.syntax": "The file is not JSON.",
  "json.empty": "The file is empty.",
  "json.duplicate-key": "An object names a key twice.",
  "json.too-deep": "Values are nested more than 64 levels deep.",
  "json.too-large": "The file is larger than 32 MiB.",
  "json.unsafe-number": "A number is not finite or not exact.",
  "json.forbidden-key": "A key is `__proto__`, `constructor` or `prototype`.",
  // The format
  "format.not-a-workflow": "The file is JSON but not an Inlay workflow.",
  "format.version-newer": "The file was written by a newer Inlay.",
  "format.version-invalid": "The file's version is not a known number.",
  "format.wrong-type": "A part of the file has the wrong type.",
  "format.bad-value": "A part of the file has a value that is not allowed.",
  "format.missing": "A required part of the file is missing.",
  "format.unknown-key": "A key is not known and looks like a known one misspelled.",
  "format.bad-id": "An id is not `[a-z][a-z0-9_-]{0,63}`.",
  "format.bad-reference": "An object with a `$` key is not a reference.",
  "format.bad-path": "A path leaves the workspace or is not a relative path.",
  "format.bad-asset": "An asset's name, size or content does not agree with its entry.",
  // The graph
  "node.unknown-type": "No installed pack has this node type.",
  "node.newer": "The node was saved by a newer version of its pack.",
  "node.older": "The node was saved by an older version of its pack, from which no way leads here.",
  "node.migrated": "The node was saved by an older version of its pack and is opened as the installed one has it.",
  "node.validate": "A node could not check its own inputs: a fault of the node.",
  "node.muted": "A required input comes from a muted node.",
  "node.idle-timeout": "A node that stands for a sub-workflow has a timeout, which stops nothing.",
  "node.bypass": "A bypassed node has no input to pass through.",
  "input.unknown": "The node has no such input.",
  "input.missing": "A required input has no value.",
  "input.type": "A literal has the wrong type.",
  "input.range": "A number is out of its range.",
  "input.choice": "A value is not among the choices.",
  "input.pattern": "A text does not match its pattern or length.",
  "input.needs-link": "The input takes a link, not a literal.",
  "input.needs-load": "An image file must go through a load node.",
  "link.unknown-node": "A link comes from a node that does not exist.",
  "link.unknown-output": "A link comes from an output that does not exist.",
  "link.type": "A link's types do not fit.",
  "list.nested": "A node that makes a list would run for each item of a list.",
  "graph.cycle": "Nodes wait for each other in a circle.",
  "workflow.unknown": "No sub-workflow has this name.",
  "workflow.recursion": "Sub-workflows use each other in a circle.",
  "workflow.too-large": "Sub-workflows unfold to more than 100,000 nodes, or are nested more than 64 deep.",
  "asset.unknown": "The file holds no such asset.",
  // Named inputs and outputs, targets
  "named-input.unknown": "The workflow has no such named input.",
  "named-input.unused": "A named input feeds nothing.",
  "named-output.unknown-node": "A named output names a node that does not exist.",
  "named-output.unknown-output": "A named output names an output that does not exist.",
  "target.unknown": "No named output and no node has this name.",
  "target.none": "The workflow has nothing to produce.",
  "pack.mismatch": "An installed pack has another version than the file asks for.",
  "pack.missing": "A pack that the file names is not installed.",
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
