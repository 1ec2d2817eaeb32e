import {
  checkValue,
  type Diagnostic,
  type ErrorData,
  isJsonObject,
  type InputDescription,
  type JsonValue,
  referenceOf,
} from "@inlay/engine";
import { useEditor, useNamedInputs, useNode } from "../app/editor-context.ts";
import { namedInputOf, setInput } from "../document/commands/inputs.ts";
import { useKeyed } from "../state/cell.ts";
import { t } from "../messages/translate.ts";
import { evaluate } from "./arithmetic.ts";
import { chooseWidget } from "./choose-widget.ts";
import { setWithShape } from "./size/locked-shape.ts";

/** A field of a node, as its widget needs it. */
export interface Field {
  readonly value: JsonValue | undefined;
  /** The named input that the field follows: what is typed goes into its default. */
  readonly named: string | undefined;
  /** Whether it has a value of its own instead of the default. */
  readonly isSet: boolean;
  /** What is wrong, in the engine's words. */
  readonly problem: string | undefined;
  readonly draftKey: string;
  set(value: JsonValue | undefined): void;
  reset(): void;
  seal(): void;
}

/** Reads and writes one input of a node: its own literal, or the default of the named input that it follows. */
export function useField(id: string, input: string, description: InputDescription): Field {
  const editor = useEditor();
  const node = useNode(id);
  const inputs = useNamedInputs();
  const found = useKeyed(editor.problems.byNode, id);
  const failed = useKeyed(editor.runErrors, id);
  const draftKey = `${id}.${input}`;
  const draft = useKeyed(editor.drafts, draftKey);
  const own = node && Object.hasOwn(node.inputs, input) ? node.inputs[input] : undefined;
  const name = namedInputOf(own);
  const named = name !== undefined && Object.hasOwn(inputs, name) ? name : undefined;
  const value = named === undefined ? (own ?? description.default) : (inputs[named]?.default ?? description.default);
  const set = (next: JsonValue | undefined): void => {
    editor.run(setWithShape(editor, { node: id, input }, next), { merge: draftKey });
  };
  return {
    value,
    named,
    isSet: own !== undefined,
    problem: draftProblem(draft, description) ?? problemOf(value, description, found, input) ?? failure(failed, input),
    draftKey,
    set,
    reset: () => {
      editor.drafts.set(draftKey, undefined);
      editor.run(setInput({ node: id, input }, undefined));
    },
    seal: () => editor.document.seal(),
  };
}

/** What is wrong with a value, or with what is typed in its place. */
export function useProblem({
  value,
  description,
  draftKey,
}: Pick<Field, "value" | "draftKey"> & { readonly description: InputDescription }): string | undefined {
  const draft = useKeyed(useEditor().drafts, draftKey);
  return draftProblem(draft, description) ?? problemOf(value, description, undefined, "");
}

/** What is typed and no value yet. */
function draftProblem(draft: string | undefined, description: InputDescription): string | undefined {
  if (draft === undefined) return undefined;
  const kind = chooseWidget(description);
  if (kind !== "number" && kind !== "slider" && kind !== "seed") return undefined;
  const number = evaluate(draft);
  if (draft.trim() === "") return undefined;
  return number === undefined ? t("field.not-a-number") : problemOf(number, description, undefined, "");
}

function problemOf(
  value: JsonValue | undefined,
  description: InputDescription,
  found: readonly Diagnostic[] | undefined,
  input: string,
): string | undefined {
  const isLiteral =
    value !== undefined && !referenceOf(value) && !(isJsonObject(value) && Object.keys(value)[0]?.startsWith("$"));
  const [wrong] = isLiteral ? checkValue(description.schema, value, "literal") : [];
  if (wrong) return sentence(`${t("problem.expected", { expected: wrong.expected })}`, wrong.suggestion);
  const told = found?.find((diagnostic) => diagnostic.input === input && diagnostic.severity === "error");
  return told && sentence(told.message, told.suggestion);
}

/** What the run that is shown has found wrong with the field. */
function failure(error: ErrorData | undefined, input: string): string | undefined {
  return error?.input === input ? sentence(error.message, error.suggestion) : undefined;
}

function sentence(text: string, suggestion: string | undefined): string {
  return suggestion === undefined ? text : `${text} ${suggestion}`;
}
