export { startServer } from "./start-server.ts";
export type { InlayServer, ServerOptions } from "./start-server.ts";
export { serverLog } from "./server-log.ts";
export type { PictureTools, NodeReload, ReloadableNodes, RunRuntime } from "../runs/runtime.ts";
