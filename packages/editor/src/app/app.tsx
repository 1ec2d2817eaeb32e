import { type NodeCatalog, type Workflow, withNamedSchema, workflowVersion } from "@inlay/engine";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { t } from "../messages/translate.ts";
import { api, ApiError, type Session } from "../server/api.ts";
import { FileSession, openFile, UnreadableFile } from "../server/file-session.ts";
import type { Opener } from "../sharing/opener.ts";
import { Editor } from "./editor.ts";
import { lastFile } from "./last-file.ts";
import { toast } from "./toasts.tsx";
import { type OpenWorkflow, Workbench } from "./workbench.tsx";

const OpenDialog = lazy(() => import("./open-dialog.tsx"));
const UnsavedDialog = lazy(() => import("../sharing/unsaved-dialog.tsx"));

interface Host {
  readonly session: Session;
  readonly catalog: NodeCatalog;
}

/** It names the schema of its workspace from where new files lie unless the person says otherwise. */
const emptyWorkflow: Workflow = withNamedSchema(
  {
    inlay: workflowVersion,
    inputs: {},
    outputs: {},
    packs: {},
    assets: {},
    nodes: {},
    workflows: {},
    view: {},
  },
  "workflows/untitled.json",
);

/** The whole page: finds the server, opens a workflow, and shows it. */
export function App(): ReactNode {
  const [host, setHost] = useState<Host>();
  const [open, setOpen] = useState<OpenWorkflow>();
  const [problem, setProblem] = useState<string>();
  const [isChoosing, setChoosing] = useState(false);
  /** What is to be opened when it is decided what becomes of unsaved work. */
  const [waiting, setWaiting] = useState<() => void>();
  const latest = useRef(open);
  latest.current = open;
  const whenSaved = useCallback((go: () => void): void => {
    if (latest.current?.editor.document.isChanged) setWaiting(() => go);
    else go();
  }, []);

  const show = useCallback((workflow: Workflow, catalog: NodeCatalog, path?: string, etag?: string) => {
    const editor = new Editor(workflow, catalog);
    setOpen({ editor, file: new FileSession(editor, path, etag) });
    setChoosing(false);
    setProblem(undefined);
    document.title = `${workflow.name ?? path ?? t("app.untitled")} – ${t("app.name")}`;
  }, []);
  const openPath = useCallback(
    async (path: string, catalog: NodeCatalog): Promise<void> => {
      try {
        const { workflow, etag } = await openFile(path);
        show(workflow, catalog, path, etag);
      } catch (error) {
        setProblem(openProblem(path, error));
      }
    },
    [show],
  );

  useEffect(() => {
    void start().then(
      async (found) => {
        setHost(found);
        const path = await firstPath();
        if (path === undefined) show(emptyWorkflow, found.catalog);
        else await openPath(path, found.catalog);
      },
      (error: unknown) => setProblem(serverProblem(error)),
    );
  }, [show, openPath]);

  useEffect(() => {
    const follow = (): void => {
      const path = decodeURIComponent(location.hash.slice(1));
      if (host && path !== "") whenSaved(() => void openPath(path, host.catalog));
    };
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [host, openPath, whenSaved]);

  const onOpen = useCallback(() => setChoosing(true), []);
  const opener = useMemo<Opener>(
    () => ({
      workflow: (workflow, name) =>
        whenSaved(() => {
          if (!host) return;
          show(workflow, host.catalog);
          toast(t("share.opened", { name }));
        }),
      parcel: (file) =>
        whenSaved(() => {
          if (!host) return;
          const { catalog } = host;
          const showText = (workflow: Workflow) => show(workflow, catalog);
          void import("../sharing/open-parcel.ts").then(({ openParcel }) =>
            openParcel(file, { workflow: showText, path: (path) => openPath(path, catalog) }),
          );
        }),
    }),
    [host, show, openPath, whenSaved],
  );
  const onFile = (file: File): void => {
    setChoosing(false);
    void import("../sharing/open-file.ts").then((sharing) => sharing.openFile(file, opener));
  };
  const choose = (go: () => void): void => {
    setChoosing(false);
    whenSaved(go);
  };
  return (
    <>
      {problem !== undefined && (
        <div className="message-page" role="alert">
          <strong>{problem}</strong>
          {host && (
            <button type="button" className="button" onClick={onOpen}>
              {t("action.open")}
            </button>
          )}
        </div>
      )}
      {problem === undefined && !open && <div className="message-page">{t("app.loading")}</div>}
      {problem === undefined && open && host && (
        <Workbench
          key={keyOf(open)}
          {...open}
          {...{ opener, onOpen }}
          service={host.session.service}
          services={host.session.services}
          onService={(service) => setHost({ ...host, session: { ...host.session, service } })}
          onOpenPath={(path) => choose(() => void openPath(path, host.catalog))}
          onTemplate={(id) => choose(() => void api.createFrom(id).then((path) => openPath(path, host.catalog)))}
        />
      )}
      {isChoosing && host && (
        <Suspense>
          <OpenDialog
            workspace={host.session.workspace}
            onClose={() => setChoosing(false)}
            onOpen={(path) => choose(() => void openPath(path, host.catalog))}
            onTemplate={(id) => choose(() => void api.createFrom(id).then((path) => openPath(path, host.catalog)))}
            onEmpty={() => choose(() => show(emptyWorkflow, host.catalog))}
            onFile={onFile}
          />
        </Suspense>
      )}
      {waiting && open && (
        <Suspense>
          <UnsavedDialog
            file={open.file}
            onGo={() => {
              setWaiting(undefined);
              waiting();
            }}
            onClose={() => {
              setWaiting(undefined);
              const path = open.file.path.value;
              history.replaceState(null, "", path === undefined ? "#" : `#${encodeURIComponent(path)}`);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

const keys = new WeakMap<Editor, number>();
let count = 0;

/** Each opened workflow has a page of its own. */
function keyOf({ editor }: OpenWorkflow): number {
  const key = keys.get(editor) ?? count++;
  keys.set(editor, key);
  return key;
}

async function start(): Promise<Host> {
  const [session, catalog] = await Promise.all([api.session(), api.catalog()]);
  return { session, catalog };
}

/**
 * What to open first: what the address names, else what was open last in this browser, else the newest workflow; undefined
 * in a workspace without any.
 */
async function firstPath(): Promise<string | undefined> {
  const named = decodeURIComponent(location.hash.slice(1));
  if (named !== "") return named;
  const files = await api.workflows();
  const last = lastFile();
  return (files.find(({ path }) => path === last) ?? files[0])?.path;
}

function serverProblem(error: unknown): string {
  if (error instanceof ApiError)
    return error.status === 401 ? t("server.signed-out") : error.status === 0 ? t("server.away") : error.data.message;
  return error instanceof Error ? error.message : String(error);
}

function openProblem(path: string, error: unknown): string {
  const reason = error instanceof UnreadableFile || error instanceof Error ? error.message : String(error);
  return `${t("open.problems", { name: path })}: ${reason}`;
}
