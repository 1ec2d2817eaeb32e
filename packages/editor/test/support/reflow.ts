import type { Page } from "playwright-core";

/** Controls outside of the canvas that reach over the page's sides, with where: who zooms in would have to scroll two ways. */
export function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(tellCutOff) as Promise<readonly string[]>;
}

/** Runs in the page. What stands beside a menu that it opens, or is hidden, is not there. */
const tellCutOff = `[...document.querySelectorAll("button, input, select, textarea, a, summary, [role=menuitem]")]
  .filter((element) => !element.closest(".canvas") && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((element) => ({ element, box: element.getBoundingClientRect() }))
  .filter(({ box }) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1))
  .map(({ element, box }) => element.outerHTML.slice(0, 90) + " from " + Math.round(box.left) + " to " + Math.round(box.right))
  .concat(document.documentElement.scrollWidth > innerWidth ? ["the page is " + document.documentElement.scrollWidth + " wide"] : [])`;
