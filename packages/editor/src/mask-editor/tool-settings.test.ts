import { expect, test } from "vitest";
import { chosenSettings, firstSettingsFor, fittingSettings } from "./tool-settings.ts";

const [small, large] = [
  { width: 600, height: 400 },
  { width: 3000, height: 4000 },
];

test("the first brush and softness follow the picture's size", () => {
  expect(firstSettingsFor(small)).toMatchObject({ size: 25, radius: 6 });
  expect(firstSettingsFor(large)).toMatchObject({ size: 160, radius: 40 });
  expect(firstSettingsFor({ width: 10, height: 10 })).toMatchObject({ size: 1, radius: 1 });
});

test("a size that was chosen is kept for all pictures, one that was not follows them", () => {
  const first = firstSettingsFor(large);
  const kept = chosenSettings({ ...first, hardness: 0.5 }, large);
  expect(fittingSettings(kept, small)).toMatchObject({ size: 25, radius: 6, hardness: 0.5 });
  const chosen = chosenSettings({ ...first, size: 90 }, large);
  expect(fittingSettings(chosen, small)).toMatchObject({ size: 90, radius: 6 });
});
