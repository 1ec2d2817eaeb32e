import { en } from "./en.ts";
import type { enHelp } from "./en-help.ts";
import type { enHistory } from "./en-history.ts";
import type { enJobs } from "./en-jobs.ts";
import type { enMask } from "./en-mask.ts";
import type { enSettings } from "./en-settings.ts";

type Later = typeof enHelp & typeof enHistory & typeof enJobs & typeof enMask & typeof enSettings;

export type MessageKey = keyof typeof en | keyof Later;

const table: Record<string, string> = { ...en };

/** Adds the texts of a part of the editor that has loaded. */
export function addMessages(texts: Partial<Later>): void {
  Object.assign(table, texts);
}

/** The text of a message, with `{names}` replaced. */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return (table[key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** The label of a command of the document. */
export function commandLabel(name: string): string {
  const key = `command.${name}`;
  return Object.hasOwn(en, key) ? t(key as MessageKey) : name;
}
