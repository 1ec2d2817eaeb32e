// A page with one editor of the comparison: `?editor=litegraph` or `?editor=xyflow` (`&visible=1`: only what is in view).
// `window.begin(json)` mounts the graph and resolves with how long that took, until two frames later.
const editors = { litegraph: () => import("./litegraph.js"), xyflow: () => import("./xyflow.jsx") };
const options = new URLSearchParams(location.search);
const { mount } = await editors[options.get("editor")]();

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

window.begin = async (json) => {
  const begun = performance.now();
  window.editor = await mount(document.getElementById("app"), JSON.parse(json), options.has("visible"));
  await frame();
  await frame();
  return performance.now() - begun;
};
