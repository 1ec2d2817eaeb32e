import { join } from "node:path";
import { readWorkflow, type Workflow } from "@inlay/engine";
import { openInlay, type Inlay } from "inlay";
import sharp from "sharp";
import { onTestFinished } from "vitest";
import { startWebServer } from "../../packages/runcomfy/test/storage/file-server.ts";
import { asService, openSandbox } from "./sandbox.ts";
import { tempFolder } from "./workspace.ts";
import type { Sandbox, SandboxOptions } from "@inlay/sandbox";

// A small picture, a mask, an inpainting and a save, for what happens to a job's inputs and its result.

export interface SmallWorkspace {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly inlay: Inlay;
  /** What a process needs in its environment to use the sandbox, and a publisher where the sandbox wants URLs. */
  readonly env: Readonly<Record<string, string>>;
}

export const PHOTO = { width: 32, height: 24 };

/**
 * A workspace with `photo.png`, a sandbox that it takes for the service, and a library on it. Where the sandbox refuses
 * data URIs there is a publisher, to which pictures fall through.
 */
export async function smallWorkspace(options: Partial<SandboxOptions> = {}): Promise<SmallWorkspace> {
  const folder = await tempFolder();
  await drawPicture(join(folder, "photo.png"), PHOTO);
  const sandbox = await openSandbox({ profile: "identity", ...options, timing: { queuedMs: 0, ...options.timing } });
  const env = { ...asService(sandbox), ...(options.dialect?.dataUris === "refuse" && (await openPublisher())) };
  const inlay = await openInlay({ workspace: folder, env });
  onTestFinished(() => inlay.close());
  return { folder, sandbox, inlay, env };
}

/** Settings of a publisher whose storage is on this machine. */
async function openPublisher(): Promise<Readonly<Record<string, string>>> {
  const authorization = "Bearer storage-7f3a";
  const storage = await startWebServer(authorization);
  onTestFinished(() => storage.close());
  const address = `${storage.url}/{sha256}`;
  return {
    INLAY_PUBLISHER: address,
    INLAY_PUBLISHER_PUT: address,
    INLAY_PUBLISHER_AUTHORIZATION: authorization,
  };
}

export async function drawPicture(path: string, size: { width: number; height: number }, level = 90): Promise<void> {
  const background = { r: level, g: level, b: level };
  await sharp({ create: { ...size, channels: 3, background } })
    .png()
    .toFile(path);
}

type Inputs = Readonly<Record<string, unknown>>;

/** The workflow; other nodes and inputs of the inpainting take the place of its own. */
export function smallWorkflow({ nodes = {}, inpaint = {} }: { nodes?: object; inpaint?: Inputs } = {}): Workflow {
  const file = {
    inlay: 1,
    name: "small",
    outputs: { result: { node: "inpaint", output: "image" } },
    nodes: {
      load: node("image/load", { source: { $file: "photo.png" } }),
      mask: node("mask/rectangle", { image: link("load", "image"), x: 8, y: 6, width: 10, height: 8 }),
      ...nodes,
      inpaint: node("runcomfy/z-image-turbo-inpainting", {
        image: link("load", "image"),
        mask: link("mask", "mask"),
        prompt: "an apple",
        seed: 7,
        ...inpaint,
      }),
      save: node("image/save", { image: link("inpaint", "image"), name: "out" }),
    },
  };
  const { workflow, diagnostics } = readWorkflow(JSON.stringify(file));
  if (!workflow) throw new Error(diagnostics[0]?.message);
  return workflow;
}

export function node(type: string, inputs: Inputs): object {
  return { type, version: 1, inputs };
}

export function link(from: string, output: string): object {
  return { $link: [from, output] };
}
