export { nodesPack } from "./pack.ts";
export { prefetch } from "./prefetch.ts";
