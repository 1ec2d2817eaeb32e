export { nodeHost } from "./node-host.ts";
export { openWorkspace, workspaceId } from "./workspace.ts";
export type { Workspace } from "./workspace.ts";
export { fileArtifacts } from "./artifacts.ts";
export type { FileArtifactStore } from "./artifacts.ts";
export { workspaceFiles } from "./files.ts";
export type { WorkspaceFiles } from "./files.ts";
export { seedSource } from "./seeds.ts";
