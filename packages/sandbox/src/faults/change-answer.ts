import { stateWord, type SandboxDialect } from "../dialect.ts";
import type { Reply } from "../reply.ts";
import type { Fault } from "./fault.ts";

/** A fault that tells another state or output than there is. */
export type AnswerFault = Extract<
  Fault,
  { fault: "say" | "stuck" | "endless" | "backwards" | "not-ready" | "unknown-status" | "output" }
>;

type Fields = Readonly<Record<string, unknown>>;

/** Changes the fields of a JSON answer; null takes one out. */
export function changeAnswer(fault: AnswerFault, reply: Reply, dialect: SandboxDialect): Reply {
  const answer = JSON.parse(String(reply.body)) as Fields;
  const changed = Object.entries({ ...answer, ...changes(fault, answer, dialect) }).filter(
    ([, value]) => value !== null,
  );
  return { ...reply, body: JSON.stringify(Object.fromEntries(changed)) };
}

const NO_END = { output: null, finished_at: null, error: null, cost: null };

function changes(fault: AnswerFault, answer: Fields, dialect: SandboxDialect): Fields {
  switch (fault.fault) {
    case "say":
      return fault.set;
    case "stuck":
      return { ...NO_END, status: stateWord("in_queue", dialect), queue_position: 3 };
    case "backwards":
      return { ...NO_END, status: stateWord("in_queue", dialect), queue_position: 1 };
    case "endless":
    case "not-ready":
      return { ...NO_END, status: stateWord("in_progress", dialect), queue_position: null };
    case "unknown-status":
      return { status: fault.word ?? "paused" };
    case "output":
      return { output: outputOf(fault.kind, answer) };
  }
}

function outputOf(kind: "none" | "video" | "three", answer: Fields): Fields {
  const { image } = (answer["output"] ?? {}) as Fields;
  if (kind === "video") return { video: image };
  return kind === "three" ? { images: [image, image, image] } : {};
}
