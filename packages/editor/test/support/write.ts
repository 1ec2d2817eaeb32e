import type { Locator } from "playwright-core";

/** Puts a text in the place of what stands in a field, by a click and keys, as a person does. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.press("Control+a");
  if (text === "") await field.press("Delete");
  else await field.pressSequentially(text);
}

/** Chooses an option of a list by keys: the list is opened, so that nothing is chosen on the way. */
export async function choose(list: Locator, option: string): Promise<void> {
  const index = (await list.locator("option").allTextContents()).indexOf(option);
  if (index < 0) throw new Error(`The list has no ${option}.`);
  for (const key of ["Alt+ArrowDown", "Home"]) await list.press(key);
  for (let step = 0; step < index; step++) await list.press("ArrowDown");
  await list.press("Enter");
}
