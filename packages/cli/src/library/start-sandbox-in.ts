import { type ErrorData } from "@inlay/engine";
import { makeStateFolder, openWorkspace } from "@inlay/host";
import type { Model } from "@inlay/nodes/models";
import type { Sandbox, SandboxModel } from "@inlay/sandbox";

/**
 * Starts the sandbox of a workspace, which also serves the workspace's models. One whose schema it cannot check inputs by
 * is left out, of which the person is told: only workflows of that model miss it.
 */
export async function startSandboxIn(
  workspace: string,
  models: readonly Model[] = [],
  onWarning: (problem: ErrorData) => void = () => undefined,
): Promise<Sandbox> {
  const { startSandbox } = await import("@inlay/sandbox");
  return startSandbox({
    dir: await makeStateFolder(await openWorkspace({ dir: workspace }), "sandbox"),
    models: (await servableModels(models, onWarning)).map(sandboxModel),
  });
}

/** The models whose schemas the sandbox can check inputs by. */
export async function servableModels(
  models: readonly Model[],
  onWarning: (problem: ErrorData) => void,
): Promise<readonly Model[]> {
  const { inputValidator } = await import("@inlay/sandbox");
  return models.filter(({ id, schema }) => {
    try {
      inputValidator(schema);
      return true;
    } catch (error) {
      const message = `The sandbox does not serve \`${id}\`: ${error instanceof Error ? error.message : String(error)}.`;
      onWarning({ code: "sandbox.model", message });
      return false;
    }
  });
}

/** A model as the sandbox takes it: data that it reads with rules of its own. */
export function sandboxModel({ id, schema, output, title }: Model): SandboxModel {
  return { id, schema, gives: output, ...(title !== undefined && { title }) };
}
