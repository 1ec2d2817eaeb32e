import type { HttpBindings } from "@hono/node-server";
import type { Logger } from "pino";

/** What the handlers of a request find in its context. */
export interface HttpEnvironment {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    /** Who asks: `owner`, or a name of `INLAY_TOKENS`. Set behind the check of cookie or token. */
    client: string;
    log: Logger;
  };
}
