import type { Page } from "playwright-core";

/** Drags files from outside over the page and drops them, as the system's file manager does. */
export async function dropFiles(
  page: Page,
  files: readonly string[],
  { x, y }: { readonly x: number; readonly y: number },
  options: { readonly isShifted?: boolean; readonly beforeDrop?: () => Promise<void> } = {},
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const modifiers = options.isShifted === true ? 8 : 0;
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    if (type === "drop") await options.beforeDrop?.();
    await session.send("Input.dispatchDragEvent", { type, x, y, data, modifiers });
  }
  await session.detach();
}
