const units: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/**
 * Bytes from what a person writes: `5GB`, `500 MB`, `1.5GiB`, `0`. Decimal units count in thousands, those with an `i`
 * in 1024s; upper and lower case are the same.
 * @returns undefined for what is no size
 */
export function parseByteSize(text: string): number | undefined {
  const [, number = "", unit = ""] = /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([a-z]{0,3})\s*$/i.exec(text) ?? [];
  const factor = units[unit.toLowerCase()];
  const bytes = Math.round(Number(number) * (factor ?? Number.NaN));
  return number !== "" && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** Bytes for a person: `0 B`, `12 kB`, `1.4 GB`. */
export function formatByteSize(bytes: number): string {
  const names = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < names.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${names[unit]}`;
}
