import type { JsonValue } from "@inlay/engine";

/** A run as tests look at it. */
export interface RunBody {
  readonly id: string;
  readonly client: string;
  readonly status: string;
  readonly place: number;
  readonly pinned: boolean;
  readonly started: string;
  readonly finished: string;
  readonly workflow: { readonly name: string; readonly file?: string };
  readonly webhook: {
    readonly host: string;
    readonly state: string;
    readonly attempts: number;
    readonly error?: string;
  };
  readonly outputs: { readonly [name: string]: JsonValue };
  readonly nodes: readonly { readonly node: string; readonly status: string }[];
  readonly files: readonly { readonly node: string; readonly path: string }[];
}

/** What the server's routes answer with, as far as tests look into it: each answer has some of it. */
export interface AnswerBody extends RunBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly received?: string;
    readonly diagnostics?: readonly JsonValue[];
  };
  readonly runs: readonly RunBody[];
  /** Where the next page begins. */
  readonly next: string;
  readonly etag: string;
  readonly workflows: readonly { readonly path: string }[];
  readonly state: string;
  readonly jobs: readonly { readonly key: string; readonly state: string }[];
  readonly diagnostics: readonly { readonly code: string; readonly severity: string }[];
}

/** An event as a client gets it. */
export interface EventBody {
  readonly run: string;
  readonly seq: number;
  readonly type: string;
  readonly node: string;
  readonly status: string;
}
