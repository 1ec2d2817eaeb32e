import { en } from "./en.ts";

export type MessageKey = keyof typeof en;

/** The text of a message, with `{names}` replaced. */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  return en[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** The label of a command of the document. */
export function commandLabel(name: string): string {
  const key = `command.${name}`;
  return Object.hasOwn(en, key) ? t(key as MessageKey) : name;
}
