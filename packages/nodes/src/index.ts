export { fileLimits, remoteLimits } from "./codec/limits.ts";
