import type { Logger } from "pino";
import type { Previews } from "../runs/previews.ts";
import type { RunService } from "../runs/run-service.ts";
import type { RunQueue } from "../runs/run-queue.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { RunRuntime } from "../runs/runtime.ts";
import type { WorkspaceSettings } from "../runs/workspace-settings.ts";
import type { Templates } from "../workflows/templates.ts";
import type { WorkflowFolder } from "../workflows/workflow-folder.ts";
import type { WebhookSender } from "../webhooks/webhook-sender.ts";
import type { WebhookStore } from "../webhooks/webhook-store.ts";
import type { Workspace } from "../workspace.ts";
import type { KeptFiles } from "../checkpoints/kept-files.ts";
import type { Access } from "./access.ts";
import type { Addresses } from "./addresses.ts";
import type { CatalogText } from "./catalog-text.ts";
import type { BodyLimits } from "./body-budget.ts";
import type { EventStreams } from "./event-stream.ts";
import type { Thumbnails } from "./thumbnails.ts";

/** What the routes of a server work with. */
export interface ServerParts {
  /** Of the command. */
  readonly version: string;
  readonly workspace: Workspace;
  /** The nodes that there are now. */
  readonly catalog: () => CatalogText;
  /** Tells those who listen that the catalogue is another one. */
  readonly announceCatalog: () => void;
  readonly workflows: WorkflowFolder;
  readonly runs: RunService;
  readonly store: RunStore;
  readonly queue: RunQueue;
  readonly previews: Previews;
  readonly files: KeptFiles;
  readonly runtime: RunRuntime;
  readonly templates: Templates;
  readonly settings: WorkspaceSettings;
  readonly webhooks: WebhookStore;
  readonly sender: WebhookSender;
  readonly thumbnails: Thumbnails;
  readonly streams: EventStreams;
  readonly bodies: BodyLimits;
  readonly access: Access;
  readonly addresses: Addresses;
  readonly port: number;
  /** The folder of the built editor, where there is one. */
  readonly editorDir: string | undefined;
  readonly log: Logger;
}
