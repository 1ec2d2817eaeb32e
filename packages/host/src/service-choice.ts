import { EngineError } from "@inlay/engine";
import type { JobProgress, JobRecord } from "@inlay/runcomfy";
import { remoteServices } from "./remote.ts";
import type { CollectedJob, RemoteOptions, RemoteServices, ServiceName, TokenSource } from "./remote.ts";

/** The services that paid jobs may go to. Which there are is said by whoever starts the process, and by no file. */
export interface ServiceChoice {
  /** The first one is meant when nobody chooses. */
  readonly names: readonly ServiceName[];
  /** Fails with `service.unavailable`. */
  of(name: ServiceName): RemoteServices;
  /** Waits for a job at the service that it was submitted to. Fails with `jobs.other-account` before any network. */
  collect(record: JobRecord, onState?: (progress: JobProgress) => void): Promise<CollectedJob>;
  /** Asks once whether a job has ended. Fails like `collect`. */
  look(record: JobRecord): Promise<"open" | "over">;
  /** Where RunComfy's token comes from; `own` when there is only the sandbox, which has one of its own. */
  token(): Promise<TokenSource>;
  /** Looks for token and address again, for all jobs from now on. */
  renew(): void;
  close(): Promise<void>;
}

/** Makes the services of these names; each has a client and a limiter of its own, made when its first job comes. */
export function serviceChoice(
  names: readonly ServiceName[],
  { sandbox, ...options }: RemoteOptions & { readonly sandbox?: RemoteOptions["sandbox"] },
): ServiceChoice {
  const open = (name: ServiceName): RemoteServices =>
    remoteServices({ ...options, ...(name === "sandbox" && sandbox && { sandbox }) });
  const services = new Map(names.map((name) => [name, open(name)]));
  const of = (name: ServiceName): RemoteServices => {
    const found = services.get(name);
    if (!found) throw unavailable(name, names);
    return found;
  };
  const serviceOf = ({ provider }: JobRecord): RemoteServices => {
    const name: ServiceName = provider.startsWith("sandbox:") ? "sandbox" : "runcomfy";
    return of(services.has(name) ? name : names[0]!);
  };
  return {
    names,
    of,
    collect: async (record, onState) => serviceOf(record).collect(record, onState),
    look: async (record) => serviceOf(record).look(record),
    token: () => of(services.has("runcomfy") ? "runcomfy" : "sandbox").token(),
    renew() {
      for (const each of services.values()) each.renew();
    },
    async close() {
      for (const each of services.values()) await each.close();
    },
  };
}

function unavailable(name: ServiceName, names: readonly ServiceName[]): EngineError {
  const isSandboxed = name === "runcomfy";
  return new EngineError({
    code: "service.unavailable",
    message: isSandboxed
      ? "This server was started with the sandbox only: no job goes to RunComfy."
      : "This server has no sandbox.",
    expected: names.join(", "),
    received: name,
    ...(isSandboxed && {
      suggestion: "Start it without --sandbox; a run that has begun is then retried, and its jobs are collected.",
    }),
  });
}
