import type { InputDescription, JsonValue } from "@inlay/engine";
import type { InputPlace } from "../document/graph.ts";

/** What every widget gets. A widget may unmount at any time: what it holds is the document's, or a draft in a store. */
export interface FieldProps {
  /** Of the control in the page, for its label. */
  readonly id: string;
  readonly place: InputPlace;
  /** Under which what is typed and no value yet is kept. */
  readonly draftKey: string;
  readonly label: string;
  readonly description: InputDescription;
  readonly value: JsonValue | undefined;
  readonly isInvalid: boolean;
  /** Of the text that says what is wrong. */
  readonly problemId: string;
  /** Writes a value into the document; values that follow each other are one step of undo until `seal`. */
  set(value: JsonValue | undefined): void;
  /** Ends the step: the field lost the focus, or the drag ended. */
  seal(): void;
}
