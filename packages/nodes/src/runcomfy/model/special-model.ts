import type {
  InputFinding,
  JsonObject,
  JsonValue,
  NodeContext,
  NodeDescription,
  RemoteJobResult,
  Shape,
  ValuesOf,
} from "@inlay/engine";
import type { z } from "zod";
import type { ModelJob } from "./send-job.ts";

/** The value that a property of a schema stands for. */
type ValueOf<P> = P extends { readonly enum: readonly (infer E)[] }
  ? E
  : P extends { readonly type: "string" }
    ? string
    : P extends { readonly type: "integer" | "number" | "float" }
      ? number
      : P extends { readonly type: "boolean" }
        ? boolean
        : JsonValue;

/** The inputs that a schema's properties become, by the properties' names. */
export type FieldTypes<S> = S extends { readonly properties: infer P }
  ? { readonly [K in keyof P]: z.ZodType<ValueOf<P[K]>> }
  : Readonly<Record<string, z.ZodType>>;

/** What a node of its own calls to run its model. */
interface ModelCalls {
  send(job: ModelJob): Promise<RemoteJobResult>;
  /** What tells the job, for people and for asking the service about it. */
  request(result: RemoteJobResult, seed: number): JsonObject;
}

/** What a node does around a model's job that its schema cannot say, such as laying the result over the source. */
export interface SpecialModel<S, I extends Shape, O extends Shape> {
  readonly type: string;
  readonly title: string;
  /** Default `RunComfy`. */
  readonly category?: string;
  readonly description: string;
  readonly aliases: readonly string[];
  /** When the node has a method that does not pay; see `NodeDescription`. */
  readonly paidWhen?: NodeDescription["paidWhen"];
  /** The node's inputs, in order, of those that the schema gives and others. */
  inputs(fields: FieldTypes<S>): I;
  readonly outputs: O;
  /** Rules between inputs, as in `defineNode`. */
  validate?(inputs: Partial<ValuesOf<I>>, later: ReadonlySet<string>): readonly InputFinding[];
  run(inputs: ValuesOf<I>, ctx: NodeContext, model: ModelCalls): Promise<ValuesOf<O>>;
}
