/**
 * A mouse whose moves come from the browser itself. Playwright's runs a script in the page for each move with a button
 * down, which would be measured too.
 */
export async function openPointer(page) {
  const session = await page.context().newCDPSession(page);
  const buttons = { left: 1, middle: 4 };
  let [at, held] = [{ x: 0, y: 0 }, "none"];
  const send = (type, more = {}) =>
    session.send("Input.dispatchMouseEvent", { type, ...at, button: held, buttons: buttons[held] ?? 0, ...more });
  return {
    move(x, y) {
      at = { x, y };
      return send("mouseMoved");
    },
    down(button = "left") {
      held = button;
      return send("mousePressed", { clickCount: 1 });
    },
    async up() {
      await send("mouseReleased", { clickCount: 1, buttons: 0 });
      held = "none";
    },
    wheel: (deltaY) => send("mouseWheel", { deltaX: 0, deltaY }),
  };
}
