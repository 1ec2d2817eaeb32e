import type { Size } from "../viewer/view-port.ts";
import { chosenSettings, firstSettingsFor, fittingSettings, type ToolSettings } from "./tool-settings.ts";

const key = "inlay.mask-editor";

/** The settings of the last time, for a picture. */
export function readSettings(picture: Size): ToolSettings {
  try {
    return fittingSettings(JSON.parse(localStorage.getItem(key) ?? "{}"), picture);
  } catch {
    return firstSettingsFor(picture);
  }
}

/** Keeps what a person has chosen. */
export function keepSettings(settings: ToolSettings, picture: Size): void {
  try {
    localStorage.setItem(key, JSON.stringify(chosenSettings(settings, picture)));
  } catch {
    // A browser that keeps nothing paints as well.
  }
}
