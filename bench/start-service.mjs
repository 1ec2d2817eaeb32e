import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Starts the service of the measurements in a process of its own. */
export async function startService() {
  const script = fileURLToPath(new URL("remote-service.mjs", import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const port of createInterface(child.stdout)) {
    const url = `http://127.0.0.1:${port}`;
    return { url, stop: () => child.kill(), polls: async () => (await (await fetch(`${url}/polls`)).json()).polls };
  }
  throw new Error("the service did not start");
}
