import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { closeBrowser, openEditor } from "../support/editor-page.ts";
import { write } from "../support/write.ts";

afterAll(closeBrowser);

const files = { "local-fill/workflow.json": "workflows/tower.json", "local-fill/rocket.jpg": "rocket.jpg" };
const patient = { timeout: 30_000 };

interface Named {
  readonly title?: string;
  readonly description?: string;
  readonly order?: number;
}
interface Saved {
  readonly inputs: Record<string, Named>;
  readonly outputs: Record<string, Named>;
  readonly nodes: Record<string, { readonly inputs: Record<string, unknown> }>;
}

test("named inputs and outputs are renamed, reordered and described, and what follows them goes along", async () => {
  const { page, dir } = await openEditor({ files });
  const saved = () => JSON.parse(readFileSync(join(dir, "workflows/tower.json"), "utf8")) as Saved;
  const side = page.getByRole("complementary");
  await write(side.getByRole("textbox", { name: "seed: Name" }), "grain");
  await side.getByRole("textbox", { name: "seed: Name" }).press("Enter");
  await write(side.getByRole("textbox", { name: "grain: Title" }), "Grain");
  await write(side.getByRole("textbox", { name: "grain: Description" }), "Another one fills otherwise.");
  await side.getByRole("button", { name: /grain.* up|up.*grain/i }).click();
  await write(side.getByRole("textbox", { name: "result: Title" }), "Without the tower");
  await page.keyboard.press("Control+s");
  await expect.poll(() => saved().outputs["result"]?.title, patient).toBe("Without the tower");
  const { inputs, nodes } = saved();
  expect(inputs["grain"]).toMatchObject({ title: "Grain", description: "Another one fills otherwise." });
  expect(inputs["grain"]!.order).toBeLessThan(inputs["photo"]!.order!);
  expect(nodes["fill"]?.inputs["seed"]).toEqual({ $input: "grain" });
}, 120_000);
