import { checkWorkflow, readWorkflow, type Workflow, writeWorkflow } from "@inlay/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { catalog, spoon } from "../../test/catalog.ts";
import { copyText, paste, readPasted } from "./clipboard.ts";
import { addBox, bendLink, changeBox, moveThings, removeBox } from "./commands/canvas.ts";
import { connect, disconnect, exposeInput, setInput, unexposeInput } from "./commands/inputs.ts";
import { addOutput, removeInput, removeOutput, renameInput, renameOutput, reorder } from "./commands/interface.ts";
import { addNode, collapseNodes, deleteNodes, disableNodes, titleNode } from "./commands/nodes.ts";
import { DocumentStore } from "./document-store.ts";
import { freshId, freshName } from "./fresh-id.ts";
import { descriptionOf, linkProblem } from "./link-rules.ts";
import { allLinks } from "./links.ts";

/** What is no fault of an edit: a graph that is not finished yet. */
const unfinished = new Set(["input.missing", "named-input.unused"]);

/** What the engine finds in a state, as if every node were on: what a bypassed node passes through is its user's choice. */
function faults(workflow: Workflow): unknown[] {
  const read = readWorkflow(writeWorkflow(workflow));
  const checked = read.workflow ? checkWorkflow(enabled(read.workflow), catalog) : [];
  return [...read.diagnostics, ...checked].filter(
    ({ code, severity }) => severity === "error" && !unfinished.has(code),
  );
}

function enabled(workflow: Workflow): Workflow {
  const nodes = structuredClone(workflow.nodes) as Record<string, { disabled?: string }>;
  for (const node of Object.values(nodes)) delete node.disabled;
  return { ...workflow, nodes: nodes as Workflow["nodes"] };
}

const types = [
  "image/load",
  "mask/feather",
  "mask/polygon",
  "image/blend",
  "image/save",
  "value/integer",
  "image/resize",
];

/** Does the command that four numbers choose, if the document allows one of its kind. */
function doCommand(store: DocumentStore, kind: number, a: number, b: number, c: number): void {
  const { graph } = store;
  const ids = Object.keys(graph.nodes);
  const id = ids[a % Math.max(1, ids.length)];
  const other = ids[b % Math.max(1, ids.length)];
  const taken = (name: string) => Object.hasOwn(graph.nodes, name);
  const links = allLinks(graph);
  const named = Object.keys(graph.inputs);
  switch (kind) {
    case 0: {
      const description = catalog.nodes[types[a % types.length]!]!;
      return void store.run(addNode({ id: freshId(description.type, taken), description, at: { x: b, y: c } }));
    }
    case 1:
    case 2: {
      if (id === undefined || other === undefined) return;
      const outputs = Object.keys(descriptionOf(graph, catalog, id)?.outputs ?? {});
      const inputs = Object.entries(descriptionOf(graph, catalog, other)?.inputs ?? {});
      const output = outputs[c % Math.max(1, outputs.length)];
      const [input, description] = inputs[(a + c) % Math.max(1, inputs.length)] ?? [];
      if (output === undefined || input === undefined) return;
      const [from, to] = [
        { node: id, output },
        { node: other, input },
      ];
      if (!linkProblem(graph, catalog, from, to)) store.run(connect(from, to, description));
      return;
    }
    case 3:
      return void (id !== undefined && store.run(deleteNodes(b % 4 === 0 ? ids.slice(0, 3) : [id], catalog)));
    case 4:
      return void (id !== undefined && store.run(moveThings({ nodes: new Map([[id, { x: b, y: c }]]) })));
    case 5: {
      const link = links[a % Math.max(1, links.length)];
      return void (
        link && store.run(disconnect({ ...link.to, ...(link.index !== undefined && { index: link.index }) }))
      );
    }
    case 6: {
      const numeric = Object.entries((id !== undefined && descriptionOf(graph, catalog, id)?.inputs) || {}).find(
        ([, { schema }]) => schema.type === "integer" && (schema.min ?? 0) <= 5 && (schema.max ?? 9) >= 5,
      );
      if (id !== undefined && numeric)
        store.run(setInput({ node: id, input: numeric[0] }, b % 3 === 0 ? undefined : 5), { merge: `${id}.${b % 2}` });
      return;
    }
    case 7: {
      if (id === undefined) return;
      return void store.run(disableNodes([id], ([undefined, "mute", "bypass"] as const)[b % 3]));
    }
    case 8: {
      const pasted = readPasted(copyText(store.workflow, graph, ids.slice(a % 5, (a % 5) + 1 + (b % 3))));
      if (!pasted || ids.length > 30) return;
      return void store.run(paste(pasted, graph, { at: { x: a, y: b }, keepLinks: c % 2 === 0, catalog }).command);
    }
    case 9: {
      const value = id === undefined ? undefined : graph.nodes[id]?.inputs["radius"];
      const name = freshName("radius", (wanted) => named.includes(wanted), "input");
      if (id !== undefined && typeof value === "number")
        store.run(exposeInput({ node: id, input: "radius" }, name, { type: "integer", default: value, min: 0 }));
      return;
    }
    case 10: {
      const name = named[a % Math.max(1, named.length)];
      if (name === undefined) return;
      if (b % 3 === 0 && id !== undefined) return void store.run(unexposeInput({ node: id, input: "radius" }));
      if (b % 3 === 1 || name === "photo") {
        store.run(
          renameInput(
            name,
            freshName(`n${c}`, (wanted) => named.includes(wanted), "n"),
          ),
        );
        return void store.run(reorder("inputs", Object.keys(store.graph.inputs).toReversed()));
      }
      return void store.run(removeInput(name));
    }
    case 11: {
      const output = id === undefined ? undefined : Object.keys(descriptionOf(graph, catalog, id)?.outputs ?? {})[0];
      const known = Object.keys(graph.outputs);
      const first = known[c % Math.max(1, known.length)];
      if (b % 3 === 0 && first !== undefined) return void store.run(removeOutput(first));
      if (b % 3 === 1 && first !== undefined)
        return void store.run(
          renameOutput(
            first,
            freshName("o", (n) => known.includes(n), "o"),
          ),
        );
      if (id !== undefined && output !== undefined)
        store.run(
          addOutput(
            freshName("out", (name) => known.includes(name), "out"),
            { node: id, output },
          ),
        );
      return;
    }
    case 12:
      return void store.run(addBox(a % 2 ? "frames" : "notes", { x: a, y: b, w: 100, h: 100, text: "…" }));
    case 13:
      return void store.run(
        b % 2 ? changeBox("notes", 0, { text: String(a), color: undefined }) : removeBox("notes", 0),
      );
    case 14:
      return void (id !== undefined && store.run(titleNode(id, b % 2 ? "Cup" : "")));
    case 15: {
      const link = links[a % Math.max(1, links.length)];
      return void (link && store.run(bendLink(link.id, [{ x: b, y: c }].slice(b % 3 === 0 ? 1 : 0))));
    }
    default:
      return void (id !== undefined && store.run(collapseNodes([id], b % 2 === 0)));
  }
}

const number = fc.nat(10_000);
const commands = (length: number) =>
  fc.array(fc.tuple(fc.nat(16), number, number, number), { minLength: length, maxLength: length });

test("after any 1,000 commands, undoing all gives the start and redoing all the end, and every state is valid", () => {
  const full = process.env["INLAY_PROOF"] === "1";
  fc.assert(
    fc.property(commands(1000), (chosen) => {
      const store = new DocumentStore(spoon);
      for (const [kind, a, b, c] of chosen) {
        doCommand(store, kind, a, b, c);
        expect(faults(store.workflow)).toEqual([]);
      }
      const end = writeWorkflow(store.workflow);
      while (store.undo());
      expect(writeWorkflow(store.workflow)).toBe(writeWorkflow(spoon));
      while (store.redo());
      expect(writeWorkflow(store.workflow)).toBe(end);
    }),
    { numRuns: full ? 50 : 2, endOnFailure: true },
  );
}, 240_000);

test("commands with one merge key are one step, until it is sealed", () => {
  const store = new DocumentStore(spoon);
  const type = (text: string) => store.run(setInput({ node: "save", input: "name" }, text), { merge: "save.name" });
  type("a");
  type("ab");
  store.seal();
  type("abc");
  expect(store.graph.nodes["save"]?.inputs["name"]).toBe("abc");
  store.undo();
  expect(store.graph.nodes["save"]?.inputs["name"]).toBe("ab");
  store.undo();
  expect(store.graph.nodes["save"]?.inputs["name"]).toBeUndefined();
  expect(store.undo()).toBe(false);
});

test("a document that was undone back to the saved state is not changed", () => {
  const store = new DocumentStore(spoon);
  store.run(titleNode("save", "Here"));
  expect(store.isChanged).toBe(true);
  store.undo();
  expect(store.isChanged).toBe(false);
  store.redo();
  store.markSaved();
  expect(store.isChanged).toBe(false);
  store.undo();
  expect(store.isChanged).toBe(true);
});

test("listeners of a node hear of its change and of no other", () => {
  const store = new DocumentStore(spoon);
  const heard: string[] = [];
  store.subscribe("node/save", () => heard.push("save"));
  store.subscribe("node/load", () => heard.push("load"));
  store.run(moveThings({ nodes: new Map([["save", { x: 1, y: 2 }]]) }));
  store.undo();
  expect(heard).toEqual(["save", "save"]);
});

test("moving a node changes nothing but the view", () => {
  const store = new DocumentStore(spoon);
  store.run(moveThings({ nodes: new Map([["save", { x: 1.4, y: 2.6 }]]) }));
  const { view, ...meaning } = store.workflow;
  const { view: _, ...before } = spoon;
  expect(meaning).toEqual(before);
  expect(view["nodes"]).toMatchObject({ save: { x: 1, y: 3 } });
});
