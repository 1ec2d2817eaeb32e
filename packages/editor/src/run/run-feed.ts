import { followRun, type ServerEvent } from "../server/events.ts";

/**
 * The events of one run, in order and each once. They come with the stream of all runs; what happened before, and what that
 * stream has missed, comes with the run's own, which is closed as soon as both are at the same place.
 */
export class RunFeed {
  readonly run: string;
  readonly #onEvent: (event: ServerEvent) => void;
  #next = 1;
  #replay: (() => void) | undefined;

  constructor(run: string, onEvent: (event: ServerEvent) => void) {
    this.run = run;
    this.#onEvent = onEvent;
    this.#catchUp();
  }

  /** An event of the stream of all runs. */
  take(event: ServerEvent): void {
    if (event.run !== this.run || event.seq < this.#next) return;
    if (event.seq > this.#next) return this.#catchUp();
    this.stop();
    this.#deliver(event);
  }

  stop(): void {
    this.#replay?.();
    this.#replay = undefined;
  }

  #catchUp(): void {
    this.#replay ??= followRun(this.run, (event) => {
      if (event.seq === this.#next) this.#deliver(event);
    });
  }

  #deliver(event: ServerEvent): void {
    this.#next = event.seq + 1;
    if (event.type === "run.finished") this.stop();
    this.#onEvent(event);
  }
}
