import { expect, test } from "vitest";
import { catalog } from "../../test/catalog.ts";
import { drawableOf } from "./drawable.ts";

test.each([
  ["mask/polygon", { kind: "points", input: "points" }],
  ["mask/rectangle", { kind: "rectangle", input: "x" }],
  ["image/crop", { kind: "rectangle", input: "x" }],
  ["image/blur", undefined],
])("what can be drawn for %s", (type, drawable) => expect(drawableOf(catalog.nodes[type])).toEqual(drawable));
