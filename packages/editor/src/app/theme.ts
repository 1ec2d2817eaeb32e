import { Cell } from "../state/cell.ts";

export type ThemeChoice = "system" | "dark" | "light";

const key = "inlay.theme";
const system = matchMedia("(prefers-color-scheme: light)");

function stored(): ThemeChoice {
  const value = localStorage.getItem(key);
  return value === "dark" || value === "light" ? value : "system";
}

/** The theme that the user chose. */
export const themeChoice = new Cell<ThemeChoice>(stored());

/** The theme that is shown. */
export function shownTheme(): "dark" | "light" {
  const { value } = themeChoice;
  return value === "system" ? (system.matches ? "light" : "dark") : value;
}

function apply(): void {
  document.documentElement.dataset["theme"] = shownTheme();
}

/** Shows the chosen theme from now on, and follows the system's when that was chosen. */
export function followTheme(onChange: () => void): void {
  const update = (): void => {
    apply();
    onChange();
  };
  apply();
  system.addEventListener("change", update);
  themeChoice.subscribe(() => {
    localStorage.setItem(key, themeChoice.value);
    update();
  });
}
