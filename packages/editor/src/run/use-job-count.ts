import { useEffect, useState } from "react";
import { useDocument, useEditor } from "../app/editor-context.ts";
import { api, type Service } from "../server/api.ts";
import { isStatic } from "../server/static-site.ts";
import { hasLists } from "./has-lists.ts";
import { paidNodes } from "./paid-nodes.ts";

/** How many paid jobs a run would order. */
export interface JobCount {
  readonly count: number;
  /** Lists or loops may turn out longer. */
  readonly mayBeMore: boolean;
}

/** How long the workflow must rest before the server is asked, in milliseconds. */
const rest = 400;

/**
 * The jobs that Run stands for. What is seen in the workflow is counted at once; where nodes run for each item of a list,
 * the server works out how many those are, without the ones that its cache has.
 */
export function useJobCount(service: Service, isRunning: boolean): JobCount {
  const editor = useEditor();
  const least = useDocument("file", paidNodes);
  const nodes = useDocument("file", ({ document }) => document.workflow.nodes);
  const inputs = useDocument("file", ({ document }) => document.workflow.inputs);
  const workflows = useDocument("file", ({ document }) => document.workflow.workflows);
  const [planned, setPlanned] = useState<JobCount>();
  const isPlanned = least > 0 && !isStatic && hasLists({ nodes, workflows }, editor.known.nodes);
  useEffect(() => {
    setPlanned(undefined);
    if (!isPlanned || isRunning) return;
    let isGone = false;
    const timer = setTimeout(() => {
      const { workflow } = editor.document;
      api.plan({ workflow: workflow as never, service }).then(
        ({ counts, isExact }) => !isGone && setPlanned({ count: counts.paid, mayBeMore: !isExact }),
        // A workflow that cannot be planned cannot be run either; its problems are told elsewhere.
        () => undefined,
      );
    }, rest);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [editor, isPlanned, isRunning, nodes, inputs, workflows, service]);
  return isPlanned ? (planned ?? { count: least, mayBeMore: true }) : { count: least, mayBeMore: false };
}
