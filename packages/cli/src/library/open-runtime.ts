import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { catalogOf, createEngine, type Engine, type NodeCatalog, type NodePack, type ResultCache } from "@inlay/engine";
import { engineMemory, lazy, openHost, type Host } from "@inlay/host";
import { nodesPack } from "@inlay/nodes";
import { workspaceModels } from "../models/workspace-models.ts";
import type { InlayOptions } from "./open-inlay.ts";
import { startSandboxIn } from "./start-sandbox-in.ts";

/** An engine with its nodes on an open workspace: what library and server are built on. */
export interface Runtime {
  readonly packs: readonly NodePack[];
  readonly catalog: NodeCatalog;
  readonly host: Host;
  readonly engine: Engine;
  /** The cache that the engine asks. */
  readonly cache: ResultCache;
  /** Waits for what is still being written and lets go of files, sockets and the sandbox. */
  close(): Promise<void>;
}

interface RuntimeOptions extends InlayOptions {
  readonly workspace: string;
  /** Without `sandbox`: a run may choose it, too. */
  readonly offerSandbox?: boolean;
}

/** Wires nodes, engine and host together. */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { workspace, out, env = process.env, cacheBytes, onWarning } = options;
  const given = options.packs ?? [];
  const isGiven = ({ name }: NodePack): boolean => given.some((pack) => pack.name === name);
  const added = await workspaceModels(workspace);
  const packs = [nodesPack, ...given, ...added.packs.filter((model) => !isGiven(model))];
  // Started when the first plan with a remote node needs it.
  const sandbox = lazy(() => startSandboxIn(workspace, added.models, onWarning));
  const host = await openHost({
    workspace,
    ...(out !== undefined && { outDir: resolve(out) }),
    env,
    ...((options.sandbox || options.offerSandbox) && { sandbox: sandbox.get }),
    paidServices: options.sandbox ? ["sandbox"] : options.offerSandbox ? ["runcomfy", "sandbox"] : ["runcomfy"],
    keepResults: options.cache !== false,
    ...(cacheBytes !== undefined && { cacheBytes }),
    ...(onWarning && { onWarning }),
  });
  const memory = engineMemory(host.cache, host.spill);
  const engine = createEngine({ host: host.host, packs, ...memory, limits: { cpu: availableParallelism() } });
  return {
    packs,
    catalog: catalogOf(packs),
    host,
    engine,
    cache: memory.cache,
    async close() {
      await host.close();
      await (await sandbox.made())?.close();
    },
  };
}
