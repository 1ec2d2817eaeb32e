import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { Canvas } from "../canvas/canvas.ts";
import { isCanvas, isField } from "../canvas/places.ts";
import { CanvasView } from "../canvas/canvas-view.tsx";
import { MinimapView } from "../canvas/minimap-view.tsx";
import { replaceWorkflow } from "../document/commands/replace.ts";
import type { InputPlace, Point } from "../document/graph.ts";
import { Checklist } from "../first-run/checklist.tsx";
import { t } from "../messages/translate.ts";
import { RunController } from "../run/run-controller.ts";
import { RunStrip } from "../run/run-strip.tsx";
// Not loaded later: what is typed right after Ctrl+F belongs to it.
import { FindPanel } from "../search/find-panel.tsx";
import { SearchPanel, type SearchRequest } from "../search/search-panel.tsx";
import { api, fileUrl, type RunPlan, type Service, thumbnailUrl } from "../server/api.ts";
import { type Draft } from "../server/drafts.ts";
import { type FileSession, proposedPath, workflowFrom } from "../server/file-session.ts";
import type { Caps } from "../settings/pay-dialog.tsx";
import { DropHintView, useFileDrop } from "../sharing/drop-zone.tsx";
import type { Opener } from "../sharing/opener.ts";
import type { CameFiles, DropPage, ManyPictures } from "../sharing/take-files.ts";
import { isStatic } from "../server/static-site.ts";
import { useCell } from "../state/cell.ts";
import type { acceptVariation } from "../viewer/accept-variation.ts";
import type { ActionContext, PageActions } from "./actions.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { isPainted } from "./draw-mask.ts";
import { ContextMenu, menuFor } from "./context-menu.tsx";
import { followClipboard } from "./clipboard-events.ts";
import type { Editor } from "./editor.ts";
import { EditorContext } from "./editor-context.ts";
import { keepLastFile } from "./last-file.ts";
import { LinkMode } from "./link-mode.ts";
import { handleFocusKey } from "./roving-focus.ts";
import { ConflictDialog, DraftDialog, SaveAsDialog } from "./save-dialogs.tsx";
import type { Services } from "./services.ts";
import { handleKey } from "./shortcuts.ts";
import { followTheme, shownTheme, themeChoice } from "./theme.ts";
import { toast, Toasts } from "./toasts.tsx";
import { Toolbar } from "./toolbar.tsx";

/** One open workflow: what holds it together outside of React. */
export interface OpenWorkflow {
  readonly editor: Editor;
  readonly file: FileSession;
}

interface WorkbenchProps extends OpenWorkflow {
  /** Opens what came from outside. */
  readonly opener: Opener;
  readonly service: Service;
  readonly services: readonly Service[];
  onService(service: Service): void;
  onOpen(): void;
  onOpenPath(path: string): void;
  onTemplate(id: string): void;
}

/** What is not shown at once loads when it is asked for. */
const HelpDialog = lazy(() => import("./help-dialog.tsx"));
const PictureDialog = lazy(() => import("./picture-dialog.tsx"));
const RunErrors = lazy(() => import("../run/run-errors.tsx"));
const Welcome = lazy(() => import("./welcome.tsx"));
const ShapeDialog = lazy(() => import("../shape/shape-dialog.tsx"));
const MaskEditor = lazy(() => import("../mask-editor/mask-editor.tsx"));
const Inspector = lazy(() => import("../inspector/inspector.tsx"));
const HistoryDialog = lazy(() => import("../history/history-dialog.tsx"));
const JobsDialog = lazy(() => import("../run/jobs-dialog.tsx"));
const QueueDialog = lazy(() => import("../run/queue-dialog.tsx"));
const PayDialog = lazy(() => import("../settings/pay-dialog.tsx"));
const ShareDialog = lazy(() => import("../sharing/share-dialog.tsx"));
const SettingsDialog = lazy(() => import("../settings/settings-dialog.tsx"));
const ManyPicturesDialog = lazy(() => import("../sharing/many-pictures-dialog.tsx"));
const Viewer = lazy(() => import("../viewer/node-viewer.tsx"));

interface Menu {
  readonly at: Point;
  readonly names: ReturnType<typeof menuFor>;
}

type Dialog =
  | { readonly kind: "help" | "history" | "jobs" | "queue" | "settings" | "share" }
  | {
      readonly kind: "pay";
      readonly plan: RunPlan;
      readonly isAgain: boolean;
      run(caps: Caps): void;
      tryFree?: (() => void) | undefined;
    }
  | { readonly kind: "save-as" }
  | { readonly kind: "draft"; readonly draft: Draft }
  | { readonly kind: "shape"; readonly place: InputPlace }
  | { readonly kind: "view"; readonly node: string; readonly compare: boolean }
  | { readonly kind: "picture"; chosen(path: string): void }
  | { readonly kind: "many"; readonly count: number; answer(answer: ManyPictures | undefined): void };

/** The page of an open workflow: toolbar, canvas, inspector, run strip, and the dialogs over them. */
export function Workbench(props: WorkbenchProps): ReactNode {
  const { editor, file, opener, service, services: paidServices, onService, onOpen, onOpenPath, onTemplate } = props;
  const canvas = useRef<Canvas>(undefined);
  const pointer = useRef<Point | undefined>(undefined);
  const [shownCanvas, setShownCanvas] = useState<Canvas>();
  const onCanvas = (made: Canvas | undefined): void => {
    canvas.current = made;
    setShownCanvas(made);
  };
  const [search, setSearch] = useState<SearchRequest>();
  const [menu, setMenu] = useState<Menu>();
  const [isFinding, setFinding] = useState(false);
  const [dialog, setDialog] = useState<Dialog>();
  const [hasMinimap, setMinimap] = useState(true);
  const [hasInspector, setInspector] = useState(() => window.innerWidth > 1100);
  const runs = useMemo(() => new RunController(editor), [editor]);
  const saving = useCell(file.state);
  const path = useCell(file.path);
  const isNew = path === undefined && editor.document.scope === undefined;

  const services = useMemo<Services>(
    () => ({
      canvas: () => canvas.current,
      search: (at) => {
        const view = canvas.current;
        if (!view) return;
        const seen = view.seen();
        const place = at ?? pointer.current ?? { x: seen.x + seen.w / 2, y: seen.y + seen.h / 2 };
        setSearch({ at: place, screen: view.project(place) });
      },
      editShape: (place) => setDialog({ kind: "shape", place }),
      view: (node, compare = false) => setDialog({ kind: "view", node, compare }),
      chooseFile: (chosen) => setDialog({ kind: "picture", chosen }),
    }),
    [],
  );
  const context = useContextOfActions({
    editor,
    services,
    file,
    runs,
    service,
    paidServices,
    onOpen,
    setDialog,
    setFinding,
    setMinimap,
    setInspector,
    setMenu,
  });

  useEffect(() => followTheme(() => canvas.current?.requestFrame()), []);
  useEffect(() => {
    if (!isStatic) void runs.attach(file.path.value);
    return () => runs.stop();
  }, [runs, file]);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isGone = false;
    // Not before the first paint is done: nodes are seen and used without their pictures.
    void import("../session/file-pictures.ts").then(({ showFilePictures }) => {
      if (!isGone) stop = showFilePictures(editor, { full: fileUrl, small: (name) => thumbnailUrl(name, 512) });
    });
    return () => {
      isGone = true;
      stop?.();
    };
  }, [editor]);
  useEffect(() => {
    void file.findDraft().then((draft) => draft && setDialog({ kind: "draft", draft }));
    return () => file.stop();
  }, [file]);
  const dropPage = useMemo<DropPage>(
    () => ({
      askMany: (count) => new Promise((answer) => setDialog({ kind: "many", count, answer })),
      show: (added) => canvas.current?.showBox(added),
    }),
    [],
  );
  useEffect(
    () =>
      followClipboard({
        editor,
        place: () => pointer.current ?? canvas.current?.seen() ?? { x: 0, y: 0 },
        files: (files, at, target) => void takeFiles(editor, { files, at, target }, opener, dropPage),
      }),
    [editor, opener, dropPage],
  );
  useEffect(() => {
    history.replaceState(null, "", path === undefined ? "#" : `#${encodeURIComponent(path)}`);
    if (path !== undefined) keepLastFile(path);
  }, [path]);
  useKeys(context, canvas);
  useLeaveWarning(editor);

  const [dropTarget, dropHint] = useFileDrop(editor, (files, event) => {
    const at = canvas.current?.point(event) ?? { x: 0, y: 0 };
    void takeFiles(editor, { files, at, target: event.target, asPictures: event.shiftKey }, opener, dropPage);
  });
  const closeSearch = (added?: string): void => {
    setSearch(undefined);
    canvas.current?.overlay.link(undefined);
    if (added !== undefined) canvas.current?.focus(added);
    else canvas.current?.container.focus();
  };
  return (
    <EditorContext value={useMemo(() => ({ editor, services }), [editor, services])}>
      <div
        className="app"
        onPointerMove={(event) => {
          pointer.current = canvas.current?.container.contains(event.target as Node)
            ? canvas.current.point(event)
            : undefined;
        }}
        onContextMenu={(event) => {
          const view = canvas.current;
          if (!view || isField(event.target) || !view.container.contains(event.target as Node)) return;
          event.preventDefault();
          choosePressed(editor, view, event);
          setMenu({
            at: { x: event.clientX, y: event.clientY },
            names: menuFor(context, isCanvas(view, event.target)),
          });
        }}
        onDoubleClick={(event) => {
          // The first press brings its node to the front, so the second may be told of what is around both.
          const under = document.elementFromPoint(event.clientX, event.clientY) ?? (event.target as Element);
          const header = under.closest(".node-header");
          const pressed = header?.closest<HTMLElement>("[data-node]")?.dataset["node"];
          if (pressed === undefined || isField(event.target)) return;
          if (!editor.enter(pressed) && under.closest(".node-title")) editor.titling.set(pressed);
        }}
        {...dropTarget}
      >
        <Toolbar {...{ context, file, runs, service, hasInspector, hasMinimap }} services={paidServices} />
        {service === "sandbox" && <Checklist runs={runs} isComparing={dialog?.kind === "view" && dialog.compare} />}
        <Breadcrumbs />
        <main className="workspace">
          <CanvasView
            editor={editor}
            empty={
              isNew ? (
                <Suspense>
                  <Welcome onOpen={onOpenPath} onTemplate={onTemplate} onSearch={() => services.search()} />
                </Suspense>
              ) : undefined
            }
            onCanvas={onCanvas}
            onSearch={services.search}
          />
          {(hasInspector || hasMinimap) && (
            <div className={`side ${hasInspector ? "" : "is-narrow"}`}>
              {hasInspector && (
                <Suspense fallback={<aside className="inspector" />}>
                  <Inspector />
                </Suspense>
              )}
              {hasMinimap && shownCanvas && <MinimapView canvas={shownCanvas} />}
            </div>
          )}
        </main>
        <Suspense>
          <RunErrors runs={runs} onJobs={() => setDialog({ kind: "jobs" })} />
        </Suspense>
        <RunStrip runs={runs} onQueue={() => setDialog({ kind: "queue" })} />
        {menu && <ContextMenu {...{ context }} at={menu.at} names={menu.names} onClose={() => setMenu(undefined)} />}
        <Announcer editor={editor} />
        <Toasts />
        {isFinding && (
          <FindPanel
            onClose={(found) => {
              setFinding(false);
              if (found === undefined) return canvas.current?.container.focus();
              editor.selection.set([found]);
              canvas.current?.focus(found);
            }}
          />
        )}
        {search && <SearchPanel {...search} onClose={closeSearch} />}
        {saving.kind === "conflict" && path !== undefined && !dialog && (
          <ConflictDialog
            path={path}
            onMine={() => void file.saveOver()}
            onTheirs={() => void file.takeTheirs((workflow) => editor.run(replaceWorkflow(workflow)))}
            onCopy={() => setDialog({ kind: "save-as" })}
            onClose={() => file.state.set({ kind: "idle" })}
          />
        )}
        <DropHintView hint={dropHint} />
        <OpenDialogs {...{ dialog, setDialog, editor, file, runs, opener, onService }} />
      </div>
    </EditorContext>
  );
}

/** Files are rare, and what takes them in loads with the first. */
async function takeFiles(editor: Editor, came: CameFiles, opener: Opener, page: DropPage): Promise<void> {
  const sharing = await import("../sharing/take-files.ts");
  return sharing.takeFiles(editor, came, opener, page);
}

async function keepVariation(...choice: Parameters<typeof acceptVariation>): Promise<void> {
  const viewer = await import("../viewer/accept-variation.ts");
  await viewer.acceptVariation(...choice);
}

/** What is pressed for a menu is selected, unless it is among the selected already. */
function choosePressed(editor: Editor, view: Canvas, event: React.MouseEvent): void {
  const id = (event.target as Element).closest<HTMLElement>("[data-node]")?.dataset["node"];
  if (id !== undefined) {
    if (!editor.selection.has(id)) editor.selection.set([id]);
    return;
  }
  const link = view.linkAt(view.point(event));
  if (link) editor.selection.setLink(link.id);
}

interface OpenDialogsProps {
  readonly dialog: Dialog | undefined;
  readonly editor: Editor;
  readonly file: FileSession;
  readonly runs: RunController;
  readonly opener: Opener;
  onService(service: Service): void;
  setDialog(dialog: Dialog | undefined): void;
}

function OpenDialogs({ dialog, setDialog, editor, file, runs, opener, onService }: OpenDialogsProps): ReactNode {
  const state = useCell(file.state);
  const close = (): void => setDialog(undefined);
  switch (dialog?.kind) {
    case "help":
      return (
        <Suspense>
          <HelpDialog onClose={close} />
        </Suspense>
      );
    case "share":
      return (
        <Suspense>
          <ShareDialog editor={editor} path={file.path.value} onClose={close} />
        </Suspense>
      );
    case "settings":
      return (
        <Suspense>
          <SettingsDialog onService={onService} onClose={close} />
        </Suspense>
      );
    case "queue":
      return (
        <Suspense>
          <QueueDialog runs={runs} onClose={close} />
        </Suspense>
      );
    case "jobs":
      return (
        <Suspense>
          <JobsDialog onClose={close} />
        </Suspense>
      );
    case "history":
      return (
        <Suspense>
          <HistoryDialog
            onClose={close}
            onOpen={(workflow) => {
              close();
              opener.workflow(workflow, workflow.name ?? "");
            }}
          />
        </Suspense>
      );
    case "pay":
      return (
        <Suspense>
          <PayDialog
            plan={dialog.plan}
            isAgain={dialog.isAgain}
            onClose={close}
            onSandbox={
              dialog.tryFree &&
              (() => {
                close();
                dialog.tryFree?.();
              })
            }
            onPay={(caps) => {
              close();
              dialog.run(caps);
            }}
          />
        </Suspense>
      );
    case "shape":
      return (
        <Suspense>
          {isPainted(editor, dialog.place) ? (
            <MaskEditor place={dialog.place} run={runs.shown.value?.id} onClose={close} />
          ) : (
            <ShapeDialog place={dialog.place} onClose={close} />
          )}
        </Suspense>
      );
    case "view":
      return (
        <Suspense>
          <Viewer
            run={runs.shown.value?.id}
            node={dialog.node}
            compare={dialog.compare}
            onKeep={(node, index) =>
              void keepVariation(editor, runs.shown.value?.id ?? "", { node, index }).then(close, () =>
                toast(t("viewer.not-kept"), true),
              )
            }
            onClose={close}
          />
        </Suspense>
      );
    case "picture":
      return (
        <Suspense>
          <PictureDialog
            onClose={close}
            onChoose={(path) => {
              dialog.chosen(path);
              close();
            }}
          />
        </Suspense>
      );
    case "many":
      return (
        <Suspense>
          <ManyPicturesDialog
            count={dialog.count}
            onAnswer={(answer) => {
              close();
              dialog.answer(answer);
            }}
          />
        </Suspense>
      );
    case "draft":
      return (
        <DraftDialog
          draft={dialog.draft}
          onClose={close}
          onDiscard={() => {
            void file.discardDraft(dialog.draft);
            close();
          }}
          onRestore={() => {
            editor.run(replaceWorkflow(workflowFrom(dialog.draft.text)));
            void file.discardDraft(dialog.draft);
            close();
          }}
        />
      );
    case "save-as":
      return (
        <SaveAsDialog
          suggestion={file.path.value?.replace(/\.json$/, "-copy.json") ?? proposedPath(editor.document.workflow)}
          problem={
            state.kind === "failed"
              ? t("save.failed", { message: state.message })
              : state.kind === "conflict"
                ? t("inspector.taken-name")
                : undefined
          }
          onClose={close}
          onSave={(path) => void file.saveAs(path).then((isSaved) => isSaved && close())}
        />
      );
    default:
      return null;
  }
}

interface ActionParts extends OpenWorkflow {
  readonly services: Services;
  readonly runs: RunController;
  readonly service: Service;
  readonly paidServices: readonly Service[];
  onOpen(): void;
  setDialog(dialog: Dialog): void;
  setFinding(isFinding: boolean): void;
  setMinimap(change: (shown: boolean) => boolean): void;
  setInspector(change: (shown: boolean) => boolean): void;
  setMenu(menu: Menu): void;
}

function useContextOfActions(parts: ActionParts): ActionContext {
  const latest = useRef(parts);
  latest.current = parts;
  return useMemo(() => {
    const page: PageActions = {
      run(wanted = {}) {
        if (isStatic) return toast(t("static.none"), true);
        const { editor, file, runs, service, paidServices, setDialog } = latest.current;
        editor.document.seal();
        const isSaved = !editor.document.isChanged && file.path.value !== undefined;
        const request = isSaved ? { ...wanted, file: file.path.value! } : wanted;
        if ((wanted.service ?? service) !== "runcomfy") return void runs.start(request);
        const tryFree = (): void => void runs.start({ ...request, service: "sandbox" });
        const asked = isSaved ? request : { ...request, workflow: editor.document.workflow as never };
        void api.plan(asked).then(
          (plan) => {
            if (plan.counts.paid === 0) return void runs.start(request);
            const run = (caps: Caps): void => void runs.start({ ...request, ...caps });
            const isAgain = wanted.again !== undefined;
            setDialog({
              kind: "pay",
              plan,
              isAgain,
              run,
              tryFree: paidServices.includes("sandbox") ? tryFree : undefined,
            });
          },
          // What keeps it from being planned keeps it from running: the run says so, and pays for nothing unasked.
          () => void runs.start({ ...request, maxPaid: 0 }),
        );
      },
      interrupt: () => void latest.current.runs.cancel(),
      save: () => void save(latest.current),
      open: () => latest.current.onOpen(),
      find: () => latest.current.setFinding(true),
      history: () => withServer(() => latest.current.setDialog({ kind: "history" })),
      pin: () => void pin(latest.current),
      queue: () => latest.current.setDialog({ kind: "queue" }),
      jobs: () => latest.current.setDialog({ kind: "jobs" }),
      menu: (at, names) => latest.current.setMenu({ at, names }),
      settings: () => withServer(() => latest.current.setDialog({ kind: "settings" })),
      share: () => latest.current.setDialog({ kind: "share" }),
      help: () => latest.current.setDialog({ kind: "help" }),
      toggleMinimap: () => latest.current.setMinimap((shown) => !shown),
      toggleInspector: () => latest.current.setInspector((shown) => !shown),
      inspect: () => {
        latest.current.setInspector(() => true);
        focusInspector();
      },
      toggleTheme: () => themeChoice.set(shownTheme() === "dark" ? "light" : "dark"),
      startLinking: () => linkMode(latest.current)?.start(),
    };
    return { editor: parts.editor, services: parts.services, page };
  }, [parts.editor, parts.services]);
}

/** What a static page has no server for is said instead. */
function withServer(go: () => void): void {
  if (isStatic) toast(t("static.none"), true);
  else go();
}

/** Goes to the first field of the inspector, or to a button where there is none; it may only just be shown. */
function focusInspector(): void {
  requestAnimationFrame(() => {
    const inspector = document.querySelector(".inspector");
    const field = inspector?.querySelector<HTMLElement>("input, textarea, select");
    (field ?? inspector?.querySelector("button"))?.focus();
  });
}

async function pin({ editor, runs }: ActionParts): Promise<void> {
  const { pinSelection } = await import("../run/pin-selection.ts");
  await pinSelection(editor, runs.shown.value?.id);
}

async function save({ file, setDialog }: ActionParts): Promise<void> {
  if (isStatic) return setDialog({ kind: "share" });
  if (file.path.value === undefined) return setDialog({ kind: "save-as" });
  if (await file.save()) toast(t("save.done", { path: file.path.value }));
  else if (file.state.value.kind === "failed") toast(t("save.failed", { message: file.state.value.message }), true);
}

const linkModes = new WeakMap<Canvas, LinkMode>();

function linkMode({ editor, services }: Pick<ActionParts, "editor" | "services">): LinkMode | undefined {
  const canvas = services.canvas();
  if (!canvas) return undefined;
  const mode = linkModes.get(canvas) ?? new LinkMode(editor, canvas, services.search);
  linkModes.set(canvas, mode);
  return mode;
}

function useKeys(context: ActionContext, canvas: { readonly current: Canvas | undefined }): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      const view = canvas.current;
      // Keys belong to an open dialog, wherever the focus is: Escape closes it.
      if (!view || document.querySelector("dialog[open]")) return;
      const isLinking = context.editor.linking.value !== undefined && linkMode(context)?.handleKey(event);
      if (isLinking || handleKey(event, context) || handleFocusKey(event, context.editor, view)) event.preventDefault();
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [context, canvas]);
}

/** The browser asks before a page with unsaved work is closed; the work is kept as a draft all the same. */
function useLeaveWarning(editor: Editor): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (editor.document.isChanged) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [editor]);
}

/** Says to screen readers what happens without a change of focus. */
function Announcer({ editor }: { readonly editor: Editor }): ReactNode {
  return (
    <div className="visually-hidden" aria-live="polite">
      {useCell(editor.announcement)}
    </div>
  );
}
