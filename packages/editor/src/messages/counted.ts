import { t } from "./translate.ts";

/** So many points or strokes, in words. */
export function counted(what: "point" | "stroke", count: number): string {
  return count === 1 ? t(`field.${what}`) : t(`field.${what}s`, { count });
}
