import type { CatalogNode, InputDescription, OutputDescription, WorkflowNode } from "@inlay/engine";
import { isLinked } from "../document/links.ts";
import type { NodeView } from "../document/view.ts";
import { chooseWidget, type WidgetKind } from "../widgets/choose-widget.ts";
import { sizeFrom } from "../widgets/size/size-pair.ts";

/** Measures of a node's card, in units of the canvas. The style sheet holds the same. */
export const card = {
  width: 264,
  minWidth: 200,
  header: 34,
  padding: 8,
  row: 24,
  field: 30,
  textarea: 92,
  maxPicture: 220,
  minPicture: 72,
} as const;

/** An input that has a widget. */
export interface FieldPlan {
  readonly name: string;
  readonly description: InputDescription;
  readonly widget: WidgetKind;
  readonly isLinked: boolean;
}

/** A row of one input, or of the two that are a size. */
type FieldRow =
  | ({ readonly kind: "field" } & FieldPlan)
  | { readonly kind: "size"; readonly sides: readonly [width: FieldPlan, height: FieldPlan] };

/** One row of a node's card, from `y` below its top edge. */
export type Row = { readonly y: number; readonly height: number } & (
  | FieldRow
  | {
      readonly kind: "sockets";
      readonly input?: { readonly name: string; readonly description?: InputDescription };
      readonly output?: { readonly name: string; readonly description?: OutputDescription };
    }
  | { readonly kind: "more"; readonly hidden: number }
  | { readonly kind: "picture" }
);

/** Where everything of a node's card is: the same figures place sockets, draw links and lay out the card. */
export interface NodePlan {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
  /** Heights of the sockets below the card's top edge. */
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: ReadonlyMap<string, number>;
}

export interface PlanRequest {
  readonly node: WorkflowNode;
  /** Absent for a node whose type or version is not installed: it shows what the file says of it. */
  readonly description: CatalogNode | undefined;
  readonly view: NodeView;
  /** Height ÷ width of the picture that it shows. */
  readonly picture?: number;
  /** Outputs that links leave from; all that is known of those of a node that is not installed. */
  readonly usedOutputs: Iterable<string>;
}

/** Lays a card out; one that is to be higher than its rows need gives the rest to its picture, else to its last text. */
export function planNode(request: PlanRequest): NodePlan {
  const plan = naturalPlan(request);
  const { h, collapsed } = request.view;
  return h === undefined || collapsed === true || h <= plan.height ? plan : stretched(plan, h);
}

function stretched(plan: NodePlan, height: number): NodePlan {
  const more = height - plan.height;
  const grows = plan.rows.findLast(
    (row) => row.kind === "picture" || (row.kind === "field" && row.widget === "textarea" && !row.isLinked),
  );
  if (!grows) return { ...plan, height };
  const lower = (y: number) => (y > grows.y + grows.height ? y + more : y);
  const moved = (places: NodePlan["inputs"]) => new Map([...places].map(([name, y]) => [name, lower(y)]));
  return {
    ...plan,
    height,
    rows: plan.rows.map((row) =>
      row === grows ? { ...row, height: row.height + more } : row.y > grows.y ? { ...row, y: row.y + more } : row,
    ),
    inputs: moved(plan.inputs),
    outputs: moved(plan.outputs),
  };
}

function naturalPlan({ node, description, view, picture, usedOutputs }: PlanRequest): NodePlan {
  const width = Math.max(card.minWidth, view.w ?? card.width);
  const known = description ?? placeholder(node, usedOutputs);
  if (view.collapsed === true) return folded(known, width);
  const rows: Row[] = [];
  const [inputs, outputs] = [new Map<string, number>(), new Map<string, number>()];
  let y: number = card.header + card.padding / 2;
  const add = (height: number): { y: number; height: number } => {
    const place = { y, height };
    y += height;
    return place;
  };
  const { sockets, fields, hidden } = sortInputs(node, known.inputs, view.sockets === "all");
  const made = Object.entries(known.outputs);
  for (let i = 0; i < Math.max(sockets.length, made.length); i++) {
    const place = add(card.row);
    const [input, output] = [sockets[i], made[i]];
    if (input) inputs.set(input[0], place.y + card.row / 2);
    if (output) outputs.set(output[0], place.y + card.row / 2);
    rows.push({
      kind: "sockets",
      ...place,
      ...(input && { input: { name: input[0], ...(description && { description: input[1] }) } }),
      ...(output && { output: { name: output[0], ...(description && { description: output[1] }) } }),
    });
  }
  for (const row of fieldRows(fields, node)) {
    const sides = row.kind === "size" ? row.sides : [row];
    const isArea = row.kind === "field" && row.widget === "textarea" && !row.isLinked;
    const place = add(isArea ? card.textarea : card.field * sides.length);
    sides.forEach(({ name }, index) => inputs.set(name, place.y + card.field * (index + 0.5)));
    rows.push({ ...place, ...row });
  }
  if (hidden > 0 || view.sockets === "all") rows.push({ kind: "more", ...add(card.row), hidden });
  if (picture !== undefined) rows.push({ kind: "picture", ...add(pictureHeight(width, picture)) });
  return { width, height: y + card.padding, rows, inputs, outputs };
}

function fieldRows(fields: Inputs, node: WorkflowNode): readonly FieldRow[] {
  const shown = Object.fromEntries(fields);
  const plans = fields.map(([name, description]): FieldPlan => {
    return { name, description, widget: chooseWidget(description), isLinked: isLinked(node.inputs[name]) };
  });
  const rows: FieldRow[] = [];
  for (let i = 0; i < plans.length; i++) {
    const plan = plans[i]!;
    if (sizeFrom(shown, plan.name)) rows.push({ kind: "size", sides: [plan, plans[++i]!] });
    else rows.push({ kind: "field", ...plan });
  }
  return rows;
}

/** A picture fills the card's width unless it would become too high or too flat. */
function pictureHeight(width: number, ratio: number): number {
  const full = Math.round((width - 2 * card.padding) * ratio);
  return Math.min(card.maxPicture, Math.max(card.minPicture, full)) + card.padding;
}

type Inputs = readonly (readonly [string, InputDescription])[];

interface SortedInputs {
  /** Those that only a link can fill. */
  readonly sockets: Inputs;
  /** Those with a widget that are shown. */
  readonly fields: Inputs;
  /** How many are folded away. */
  readonly hidden: number;
}

function sortInputs(node: WorkflowNode, inputs: CatalogNode["inputs"], all: boolean): SortedInputs {
  const entries = Object.entries(inputs);
  const sockets = entries.filter(([, input]) => chooseWidget(input) === "socket");
  const editable = entries.filter(([, input]) => chooseWidget(input) !== "socket");
  const fields = editable.filter(
    ([name, { advanced }]) => all || advanced !== true || Object.hasOwn(node.inputs, name),
  );
  return { sockets, fields, hidden: editable.length - fields.length };
}

/** A folded card: all sockets at the height of its title. */
function folded({ inputs, outputs }: Pick<CatalogNode, "inputs" | "outputs">, width: number): NodePlan {
  const at = (names: object) => new Map(Object.keys(names).map((name) => [name, card.header / 2]));
  return { width, height: card.header, rows: [], inputs: at(inputs), outputs: at(outputs) };
}

/** What stands for the description of a node that is not installed: the inputs that the file gives and the outputs that it uses. */
function placeholder(node: WorkflowNode, usedOutputs: Iterable<string>): Pick<CatalogNode, "inputs" | "outputs"> {
  const output: OutputDescription = { schema: { type: "json" } };
  const linked = Object.keys(node.inputs).map((name) => [name, { schema: anySocket, required: false }] as const);
  return {
    inputs: Object.fromEntries(linked),
    outputs: Object.fromEntries([...new Set(usedOutputs)].map((name) => [name, output])),
  };
}

const anySocket = { type: "socket", name: "image" } as const;
