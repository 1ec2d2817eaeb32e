import { expect, test } from "vitest";
import { hasSelection } from "./has-selection.ts";

test("one selected sample is found wherever it stands and however the view is aligned", () => {
  for (let offset = 0; offset < 4; offset++) {
    for (let length = 0; length < 12; length++) {
      const view = new Uint8Array(new Uint8Array(32).buffer, offset, length);
      expect(hasSelection(view)).toBe(false);
      for (let at = 0; at < length; at++) {
        view[at] = 0x80;
        expect(hasSelection(view)).toBe(true);
        view[at] = 0;
      }
    }
  }
});
