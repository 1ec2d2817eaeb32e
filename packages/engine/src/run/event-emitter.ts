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
        onEvent({ seq: ++seq, time: host.wallClock(), ...body });
      } catch {
        // A listener's fault is not the run's.
      }
    },
    close() {
      isOpen = false;
    },
  };
}
