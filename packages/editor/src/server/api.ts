import type { ErrorData, JsonValue, NodeCatalog } from "@inlay/engine";
import * as z from "zod/mini";
import { t } from "../messages/translate.ts";
import { type PastRun, runDetail, type RunDetail, type RunFilter, runList } from "./past-runs.ts";
import { isStatic, siteFile, staticSite } from "./static-site.ts";

// zod probes `new Function`, which a strict content security policy reports.
z.config({ jitless: true });

/** An answer of the server that is an error, as data. `status` 0: there was no answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly data: ErrorData;

  constructor(status: number, data: ErrorData) {
    super(data.message);
    this.status = status;
    this.data = data;
  }
}

const errorBody = z.object({ error: z.looseObject({ code: z.string(), message: z.string() }) });

const service = z.enum(["runcomfy", "sandbox"]);
/** Where paid jobs go. */
export type Service = z.infer<typeof service>;

const session = z.object({
  workspace: z.string(),
  version: z.string(),
  /** Where they go when a run does not say, and where they may go. */
  service,
  services: z.array(service),
});
export type Session = z.infer<typeof session>;

const workflowList = z.object({
  workflows: z.array(z.object({ path: z.string(), name: z.optional(z.string()), modified: z.string() })),
});
export type WorkflowFile = z.infer<typeof workflowList>["workflows"][number];

const saved = z.object({ path: z.string(), etag: z.string() });

const templateList = z.object({
  templates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.optional(z.string()),
      picture: z.optional(z.string()),
    }),
  ),
});
export type Template = z.infer<typeof templateList>["templates"][number];

const fileList = z.object({ files: z.array(z.object({ path: z.string(), size: z.number() })) });
export type PictureFile = z.infer<typeof fileList>["files"][number];

const upload = z.object({ sha256: z.string(), name: z.string(), path: z.optional(z.string()) });

const similar = z.object({ width: z.number(), height: z.number(), spans: z.array(z.any()) });
const keptStrokes = z.object({ sha256: z.string(), path: z.string() });

/** What a wand is pointed at; without a point the server only makes the picture's pixels ready and tells its size. */
interface SimilarRequest {
  readonly source: { readonly file: string } | { readonly run: string; readonly node: string; readonly output: string };
  readonly point?: readonly [number, number];
  readonly tolerance?: number;
  readonly contiguous?: boolean;
}

interface SimilarPixels {
  readonly width: number;
  readonly height: number;
  /** As strokes keep them. */
  readonly spans: readonly (readonly [number, number, number])[];
}

const run = z.object({ id: z.string(), status: z.string() });

const plan = z.object({
  counts: z.object({ execute: z.number(), cached: z.number(), paid: z.number() }),
  isExact: z.boolean(),
  estimateUsd: z.optional(z.number()),
});
export type RunPlan = z.infer<typeof plan>;

const settings = z.object({
  service,
  services: z.array(service),
  token: z.enum(["environment", "configuration", "missing", "own"]),
});
export type Settings = z.infer<typeof settings>;

const problem = z.looseObject({ code: z.string(), message: z.string(), suggestion: z.optional(z.string()) });
const tested = z.object({ ok: z.boolean(), error: z.optional(problem) });

const remoteJob = z.object({
  key: z.string(),
  state: z.string(),
  provider: z.string(),
  model: z.string(),
  requestId: z.optional(z.string()),
  message: z.optional(z.string()),
  updated: z.string(),
});
/** A paid job that the workspace knows. */
export type RemoteJob = z.infer<typeof remoteJob>;
const jobList = z.object({ jobs: z.array(remoteJob) });
const collected = z.object({ files: z.number(), costUsd: z.optional(z.number()) });

const unpacked = z.object({
  workflow: z.string(),
  files: z.array(z.object({ path: z.string(), was: z.optional(z.string()) })),
});

/** What a run is asked for. */
export interface RunRequest {
  readonly file?: string;
  readonly workflow?: JsonValue;
  /** Named outputs or nodes that are wanted; without, everything. */
  readonly targets?: readonly string[];
  /** Nodes that run again with all behind them. */
  readonly from?: readonly string[];
  /** Paid nodes whose jobs are ordered and paid once more, though the same were paid before. */
  readonly again?: readonly string[];
  /** Where its paid jobs go; without, the workspace's choice. */
  readonly service?: Service;
  /** At most so many paid jobs. */
  readonly maxPaid?: number;
  /** At most so many US dollars. */
  readonly budgetUsd?: number;
}

interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: BodyInit;
}

const part = encodeURIComponent;

/** The address of a picture of the workspace. */
export const fileUrl = (path: string): string => (isStatic ? siteFile(path) : `./api/files/${part(path)}`);
export const thumbnailUrl = (path: string, size: number): string =>
  isStatic ? siteFile(path) : `${fileUrl(path)}/thumbnail?size=${size}`;
/** The address of something that a run made, for ever. */
const artifactUrl = (sha256: string): string => `./api/artifacts/${sha256}`;
/** The address of a file that a run saved into the workspace, or kept for itself. */
export const savedUrl = ({ path, sha256 }: { readonly path?: string | undefined; readonly sha256: string }): string =>
  path === undefined ? artifactUrl(sha256) : fileUrl(path);
/** The address of what a node gave: a picture or a mask as PNG. Of a list, the item with that index. */
export const outputUrl = (run: string, node: string, output: string, index?: number): string =>
  `${nodeOutput(run, node, output)}${indexOf(index)}`;
/** The address of a small picture of what a node gave. */
export const previewUrl = (run: string, node: string, output: string, index?: number): string =>
  `${nodeOutput(run, node, output)}/preview${indexOf(index)}`;

function nodeOutput(run: string, node: string, output: string): string {
  return `./api/runs/${part(run)}/nodes/${part(node)}/outputs/${part(output)}`;
}

function indexOf(index: number | undefined): string {
  return index === undefined ? "" : `?index=${index}`;
}

const catalogStates = new WeakMap<NodeCatalog, string>();

/** The ETag that a catalogue came with. */
export const catalogState = (catalog: NodeCatalog): string | undefined => catalogStates.get(catalog);

/** The server's API, as far as the editor uses it. Fails with `ApiError` and nothing else. */
const server = {
  session: async (): Promise<Session> => session.parse(await json("session")),
  async catalog(): Promise<NodeCatalog> {
    const response = await send("catalog");
    const catalog = (await response.json()) as NodeCatalog;
    catalogStates.set(catalog, response.headers.get("etag") ?? "");
    return catalog;
  },
  workflows: async (): Promise<readonly WorkflowFile[]> => workflowList.parse(await json("workflows")).workflows,
  templates: async (): Promise<readonly Template[]> => templateList.parse(await json("templates")).templates,
  pictures: async (): Promise<readonly PictureFile[]> => fileList.parse(await json("files")).files,

  async readWorkflow(path: string): Promise<{ readonly text: string; readonly etag: string }> {
    const response = await send(`workflows/${part(path)}`);
    return { text: await response.text(), etag: response.headers.get("etag") ?? "" };
  },

  /** Replaces the version with that ETag, or makes a new file when there is none. Fails with 412 when it is another. */
  async writeWorkflow(path: string, text: string, etag: string | undefined): Promise<string> {
    const headers = { "content-type": "application/json", ...(etag ? { "if-match": etag } : { "if-none-match": "*" }) };
    return saved.parse(await json(`workflows/${part(path)}`, { method: "PUT", headers, body: text })).etag;
  },

  createFrom: async (template: string): Promise<string> =>
    saved.parse(await json("workflows", { method: "POST", json: { template } })).path,

  /** Puts a picture into a folder of the workspace. Returns its path there. */
  async upload(file: Blob, name: string, folder = "inputs"): Promise<string> {
    const headers = { "content-type": file.type || "application/octet-stream" };
    const answer = await json(`uploads?folder=${part(folder)}&name=${part(name)}`, {
      method: "POST",
      headers,
      body: file,
    });
    const { path } = upload.parse(answer);
    return path ?? `${folder}/${name}`;
  },

  /** The pixels of about one colour, as the server's decoder sees them. */
  similarPixels: async (request: SimilarRequest): Promise<SimilarPixels> =>
    similar.parse(await json("masks/similar", { method: "POST", json: request })) as SimilarPixels,

  /** Puts a long list of strokes, as gzip, beside the workflows. */
  keepStrokes: async (bytes: Uint8Array<ArrayBuffer>, name: string): Promise<z.infer<typeof keptStrokes>> => {
    const headers = { "content-type": "application/gzip" };
    const answer = await json(`masks/strokes?name=${part(name)}`, { method: "POST", headers, body: bytes });
    return keptStrokes.parse(answer);
  },

  /** A workflow file with the pictures that it names, as one file. */
  pack: async (text: string, path: string): Promise<Blob> =>
    (await send("pack", { method: "POST", json: { text, path } })).blob(),
  /** Takes such a file into the workspace. */
  async unpack(file: Blob): Promise<z.infer<typeof unpacked>> {
    const headers = { "content-type": "application/zip" };
    return unpacked.parse(await json("unpack", { method: "POST", headers, body: file }));
  },

  startRun: async (request: RunRequest): Promise<string> =>
    run.parse(await json("runs", { method: "POST", json: request })).id,
  cancelRun: async (id: string): Promise<void> =>
    void (await send(`runs/${part(id)}/cancel`, { method: "POST", json: {} })),
  /** Moves a run that waits to another place among those that wait: 1 is the next. */
  moveRun: async (id: string, place: number): Promise<void> =>
    void (await send(`runs/${part(id)}`, { method: "PATCH", json: { place } })),
  plan: async (request: RunRequest): Promise<RunPlan> =>
    plan.parse(await json("plan", { method: "POST", json: request })),

  /** The runs of the workspace that a filter lets through, newest first, a page at a time. */
  async runs(filter: RunFilter, before?: string): Promise<z.infer<typeof runList>> {
    const query = new URLSearchParams({ limit: "50" });
    for (const [name, value] of Object.entries({ ...filter, before })) if (value !== undefined) query.set(name, value);
    return runList.parse(await json(`runs?${query.toString()}`));
  },
  run: async (id: string): Promise<RunDetail> => runDetail.parse(await json(`runs/${part(id)}`)),
  /** The runs that wait or are at work, of one file or of all. */
  activeRuns: async (file?: string): Promise<readonly PastRun[]> => {
    const query = `status=queued,running,cancelling&limit=200${file === undefined ? "" : `&file=${part(file)}`}`;
    return runList.parse(await json(`runs?${query}`)).runs;
  },
  /** The run of a file that was ordered last. */
  lastRun: async (file: string): Promise<PastRun | undefined> =>
    runList.parse(await json(`runs?limit=1&file=${part(file)}`)).runs[0],
  /** The text of the exact workflow that ran. */
  runWorkflow: async (id: string): Promise<string> => (await send(`runs/${part(id)}/workflow`)).text(),

  jobs: async (): Promise<readonly RemoteJob[]> => jobList.parse(await json("jobs")).jobs,
  /** Waits for a job and keeps what it made; submits nothing. */
  collectJob: async (key: string): Promise<z.infer<typeof collected>> => collected.parse(await act(key, "collect")),
  attachJob: async (key: string, requestId: string): Promise<void> => void (await act(key, "attach", { requestId })),
  forgetJob: async (key: string): Promise<void> => void (await act(key, "forget")),
  /** Lets the next run order a job anew that may live: both may be paid, and the person has said so. */
  resubmitJob: async (key: string): Promise<void> => void (await act(key, "resubmit", { mayPayTwice: true })),

  settings: async (): Promise<Settings> => settings.parse(await json("settings")),
  /** Chooses where paid jobs of the workspace go from now on. */
  chooseService: async (chosen: Service): Promise<Settings> =>
    settings.parse(await json("settings", { method: "PUT", json: { service: chosen } })),
  /** Writes the service's token; an empty one removes it. It cannot be read back. */
  writeToken: async (token: string): Promise<Settings> =>
    settings.parse(await json("settings/token", { method: "PUT", json: { token } })),
  /** Asks the service something that costs nothing. Returns what was wrong. */
  testSettings: async (asked: Service): Promise<z.infer<typeof problem> | undefined> =>
    tested.parse(await json("settings/test", { method: "POST", json: { service: asked } })).error,
};

/** What a node gave in a run: a picture or a mask as PNG, anything else as JSON; of a list the item, where there is one. */
export async function readOutput(run: string, node: string, output: string, index: number): Promise<Blob | JsonValue> {
  const response = await send(`${outputUrl(run, node, output).slice("./api/".length)}?index=${index}`);
  if (response.headers.get("content-type")?.startsWith("image/")) return response.blob();
  return (await response.json()) as JsonValue;
}

const act = (job: string, action: string, body: object = {}): Promise<unknown> =>
  json(`jobs/${part(job)}/${action}`, { method: "POST", json: body });

/** The server's API; on a static page what its files can answer, and a refusal for everything else. */
export const api: typeof server = isStatic ? { ...server, ...staticSite } : server;

/** What to tell a person about a request that failed. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  return [error.data.message, error.data.suggestion].filter(Boolean).join(" ");
}

async function json(path: string, request?: Request): Promise<unknown> {
  return (await send(path, request)).json();
}

async function send(
  path: string,
  { method = "GET", headers = {}, json: value, body }: Request = {},
): Promise<Response> {
  if (isStatic) throw new ApiError(0, { code: "server.none", message: t("static.none") });
  const response = await fetch(`./api/${path}`, {
    method,
    headers: { ...(value !== undefined && { "content-type": "application/json" }), ...headers },
    ...(value !== undefined ? { body: JSON.stringify(value) } : body !== undefined ? { body } : {}),
  }).catch((cause: unknown) => {
    throw new ApiError(0, { code: "server.away", message: cause instanceof Error ? cause.message : String(cause) });
  });
  if (response.ok) return response;
  const parsed = errorBody.safeParse(await response.json().catch(() => undefined));
  const data = parsed.success ? (parsed.data.error as unknown as ErrorData) : undefined;
  throw new ApiError(
    response.status,
    data ?? { code: "server.answer", message: `${response.status} ${response.statusText}` },
  );
}
