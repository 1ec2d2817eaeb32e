import { expect, test } from "vitest";
import { spoon } from "../../../test/catalog.ts";
import { DocumentStore } from "../document-store.ts";
import { pinNode, unpinNode } from "./pin.ts";

const [first, second] = ["a".repeat(64), "b".repeat(64)];
const asset = { name: "x.png", mime: "image/png", size: 1, data: "AA==" };
const pin = (sha: string) => pinNode("feather", { pinned: { mask: { $asset: sha } }, assets: { [sha]: asset } });

test("a pinned node holds what it gave; a new pin and unpinning leave no asset behind", () => {
  const store = new DocumentStore(spoon);
  store.run(pin(first));
  expect(store.workflow.nodes["feather"]?.pinned).toEqual({ mask: { $asset: first } });
  store.run(pin(second));
  expect(Object.keys(store.workflow.assets)).toEqual([second]);
  store.run(unpinNode("feather"));
  expect([store.workflow.nodes["feather"]?.pinned, store.workflow.assets]).toEqual([undefined, {}]);
  while (store.undo());
  expect(store.workflow).toEqual(spoon);
});

test("an asset that something else needs stays", () => {
  const store = new DocumentStore(spoon);
  store.run(pin(first));
  store.run(pinNode("mask", { pinned: { mask: { $asset: first } }, assets: {} }));
  store.run(unpinNode("feather"));
  expect(Object.keys(store.workflow.assets)).toEqual([first]);
});
