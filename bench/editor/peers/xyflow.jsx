import {
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useEdgesState,
  useNodesState,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { memo } from "react";
import { createRoot } from "react-dom/client";
import { choices } from "../graph.mjs";
import { addresses } from "./pictures.js";

const Sampler = memo(({ data, selected }) => (
  <div className={selected ? "box selected" : "box"} style={{ height: heightOf(data) }}>
    <header>Sampler</header>
    {["x", "y"].map((name) => (
      <div key={name} className="row is-output">
        {name}
        <Handle id={name} type="source" position={Position.Right} />
      </div>
    ))}
    {["a", "b"].map((name) => (
      <div key={name} className="row">
        {name}
        <Handle id={name} type="target" position={Position.Left} />
      </div>
    ))}
    <label className="nodrag">
      <input type="number" defaultValue={data.number} />
    </label>
    <label className="nodrag">
      <select defaultValue={data.choice}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </label>
    <label className="nodrag is-text">
      <textarea defaultValue={data.text} />
    </label>
    {data.picture !== undefined && <img src={addresses[data.picture]} draggable={false} alt="" />}
  </div>
));

const nodeTypes = { sampler: Sampler };

function heightOf({ picture }) {
  return picture === undefined ? 300 : 380;
}

export async function mount(container, { nodes, links }, isVisibleOnly) {
  const firstNodes = nodes.map((data) => ({
    id: data.id,
    type: "sampler",
    position: { x: data.x, y: data.y },
    width: 240,
    height: heightOf(data),
    data,
  }));
  const firstEdges = links.map(({ from, output, to, input }) => ({
    id: `${to}.${input}`,
    source: from,
    sourceHandle: output,
    target: to,
    targetHandle: input,
  }));
  let [flow, change, saved] = [];
  function Flow() {
    const [shown, setNodes, onNodesChange] = useNodesState(firstNodes);
    const [edges, , onEdgesChange] = useEdgesState(firstEdges);
    [flow, change] = [useReactFlow(), setNodes];
    return (
      <ReactFlow
        nodes={shown}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        nodeTypes={nodeTypes}
        minZoom={0.02}
        defaultViewport={{ x: 0, y: 0, zoom: 0.8 }}
        panOnDrag={[0, 1]}
        onlyRenderVisibleElements={isVisibleOnly}
        selectNodesOnDrag={false}
      />
    );
  }
  createRoot(container).render(
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>,
  );
  const wanted = isVisibleOnly ? 1 : firstEdges.length;
  while (container.querySelectorAll(".react-flow__edge-path").length < wanted)
    await new Promise((resolve) => requestAnimationFrame(resolve));
  return {
    show: ({ x, y, k }) => flow.setViewport({ x, y, zoom: k }),
    camera() {
      const { x, y, zoom } = flow.getViewport();
      return { x, y, k: zoom };
    },
    place: (id) => flow.getNode(id).position,
    selectAll: () => change((all) => all.map((node) => ({ ...node, selected: true }))),
    remember: () => (saved = flow.getNodes()),
    undo: () => change(saved),
  };
}
