import type { EngineHost } from "../host.ts";
import type { RunEvent, RunEventBody } from "./events.ts";

/** Numbers and times the events of one run, and hands them to its listener. */
export interface EventEmitter {
  /** Undefined when nobody listens. */
  readonly emit: ((body: RunEventBody) => void) | undefined;
  /** Nothing is told after the last event, whatever abandoned work still says. */
  close(): void;
}

export function eventEmitter(host: EngineHost, onEvent: ((event: RunEvent) => void) | undefined): EventEmitter {
  if (!onEvent) return { emit: undefined, close: () => undefined };
  let seq = 0;
  let isOpen = true;
  return {
    emit(body) {
      if (!isOpen) return;
      try {
        onEvent(stamp(++seq, host.wallClock(), body));
      } catch {
        // A listener's fault is not the run's.
      }
    },
    close() {
      isOpen = false;
    },
  };
}

/** The events that a run has of each node are written out: an object that grows by a spread costs several times as much. */
function stamp(seq: number, time: number, body: RunEventBody): RunEvent {
  if (body.type === "node.started") return { seq, time, type: body.type, node: body.node };
  if (body.type === "node.finished" && body.items === undefined)
    return { seq, time, type: body.type, node: body.node, ms: body.ms };
  return { seq, time, ...body };
}
