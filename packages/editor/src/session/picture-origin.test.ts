import { expect, test } from "vitest";
import { catalog, workflowOf } from "../../test/catalog.ts";
import { fileRead, pictureOrigin } from "./picture-origin.ts";

const load = (file: string) => ({ type: "image/load", version: 1, inputs: { source: { $file: file } } });
const use = (from: string, output = "image") => ({
  type: "workflow/part",
  version: 1,
  inputs: { image: { $link: [from, output] } },
});

const workflow = workflowOf({
  nodes: {
    cup: load("cup.png"),
    wall: load("wall.png"),
    blur: { type: "image/blur", version: 1, inputs: { image: { $link: ["wall", "image"] } } },
    first: use("cup"),
    second: use("blur"),
    third: use("second"),
    fourth: { type: "workflow/part", version: 1, inputs: {} },
  },
  workflows: {
    part: {
      inputs: { image: { type: "image", default: { $file: "plain.png" } } },
      outputs: { image: { node: "soft", output: "image" } },
      nodes: {
        soft: { type: "image/blur", version: 1, inputs: { image: { $input: "image" } } },
        paint: { type: "mask/paint", version: 1, inputs: { image: { $input: "image" } } },
      },
    },
  },
});

const shown = (path: readonly string[]) => ({ document: { workflow }, path: { value: path }, known: catalog });

function inside(node: string): unknown {
  return pictureOrigin(shown([node]), { node: "paint", input: "image" });
}

test("inside of a sub-workflow, a picture comes from what the use that was entered is given", () => {
  expect(inside("first")).toEqual({ file: "cup.png" });
  expect(inside("second")).toEqual({ node: "blur", output: "image" });
});

test("what another sub-workflow gives comes from the node in it", () => {
  expect(inside("third")).toEqual({ node: "second/soft", output: "image" });
});

test("a use that is given nothing has the default", () => {
  expect(inside("fourth")).toEqual({ file: "plain.png" });
});

test("a node that loads a picture reads its file, and others none", () => {
  expect(["cup", "blur", "gone", "first"].map((id) => fileRead(shown([]), id))).toEqual([
    "cup.png",
    undefined,
    undefined,
    undefined,
  ]);
});
