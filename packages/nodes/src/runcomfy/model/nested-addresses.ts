import type { JsonObject, JsonValue, RemoteBody } from "@inlay/engine";
import type { ModelField, ModelValue } from "./model-schema.ts";

/**
 * A request's parameters with a medium in place of each address in them: of a picture inside an object or a list of objects,
 * such as `elements[0].image_url`, and of a video or a sound anywhere. So each is fetched once before anything is paid, like
 * those that are given to sockets. Data URIs are sent as they are.
 */
export function withNestedAddresses(
  parameters: JsonObject,
  fields: readonly ModelField[],
): { readonly [name: string]: RemoteBody } {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const field = byName.get(name);
      return [name, placed(value, field?.value, fileOf(field))];
    }),
  );
}

/** The kind of file that a field takes addresses of. */
type AddressedFile = "picture" | "other" | undefined;

function fileOf(field: ModelField | undefined): AddressedFile {
  return field?.media !== undefined ? "picture" : field?.isFileAddress === true ? "other" : undefined;
}

/** The value with its addresses as media; `file` when the field that holds it takes addresses. */
function placed(value: JsonValue, type: ModelValue | undefined, file: AddressedFile): RemoteBody {
  if (typeof value === "string") {
    if (file === undefined || !isPlaced(value)) return value;
    return { kind: "media", url: value, ...(file === "other" && { content: "any" }) };
  }
  if (typeof value !== "object" || value === null || type === undefined) return value;
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const lists = optionsOf(type).flatMap((option) => (option.type === "list" ? [option.items] : []));
    const item: ModelValue | undefined = lists.length > 1 ? { type: "union", options: lists } : lists[0];
    return items.map((each) => placed(each, item, file));
  }
  const members = membersOf(type);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const field = members.get(name);
      return [name, placed(member, field?.value, fileOf(field))];
    }),
  );
}

/** An empty text and a data URI name nothing that could be fetched. */
function isPlaced(text: string): boolean {
  return text !== "" && !/^data:/i.test(text);
}

function optionsOf(type: ModelValue): readonly ModelValue[] {
  return type.type === "union" ? type.options.flatMap(optionsOf) : [type];
}

/** The members that an object may have by any of the options; of one name, the one that takes addresses counts. */
function membersOf(type: ModelValue): ReadonlyMap<string, ModelField> {
  const members = new Map<string, ModelField>();
  for (const option of optionsOf(type)) {
    if (option.type !== "object") continue;
    for (const field of option.fields) if (!fileOf(members.get(field.name))) members.set(field.name, field);
  }
  return members;
}
