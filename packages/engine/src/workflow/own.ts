/**
 * The value that an object itself holds under a key. Names in a file come from strangers: `record["toString"]` would
 * find a method of every object.
 */
export function own<T>(record: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
