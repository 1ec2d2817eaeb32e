import { Image, Mask } from "@inlay/engine";
import { z } from "zod";
import { snakeCase } from "./media-fields.ts";
import type { ModelField, ModelNumber, ModelSchema } from "./model-schema.ts";
import { valueType, withoutNull } from "./value-type.ts";

/** A model's field and the node's input that stands for it. */
export interface FormInput {
  readonly field: ModelField;
  /** The input's name: the field's in `snake_case`. */
  readonly name: string;
  readonly type: z.ZodType;
}

/** Addresses that may be given in place of a picture; whether the service can fetch them is checked before it is paid. */
const address = z
  .string()
  .max(2048)
  .regex(/^https:\/\//);

/** The largest seed, whatever a schema leaves open: models take 32 bits. */
const largestSeed = 4_294_967_295;

/** The inputs of a model's node, in the schema's order. */
export function formInputs({ fields }: ModelSchema): readonly FormInput[] {
  const taken = new Set<string>();
  return fields.map((field, index) => {
    const name = freeName(field.name, index, taken);
    taken.add(name);
    const type = isSeed(field) ? seedType(field) : (mediaType(field) ?? plainType(field));
    return { field, name, type: type.meta({ ...hints(field), ...labels(field, name) }) };
  });
}

function freeName(name: string, index: number, taken: ReadonlySet<string>): string {
  const base = snakeCase(name).slice(0, 60);
  const plain = /^[a-z]/.test(base) ? base : `input_${base || index}`;
  if (!taken.has(plain)) return plain;
  for (let number = 2; ; number += 1) if (!taken.has(`${plain}_${number}`)) return `${plain}_${number}`;
}

function isSeed({ name, value }: ModelField): boolean {
  const { type } = withoutNull(value);
  return /(?:^|_)seed$/.test(snakeCase(name)) && (type === "integer" || type === "number");
}

/**
 * A seed is always sent, so that a result can be had again; 0 or -1 may mean "any" to a model, so it begins with 1. A
 * schema that leaves the bounds open gets those of 32 bits.
 */
function seedType({ value }: ModelField): z.ZodType {
  const { min = 0, max = largestSeed } = withoutNull(value) as ModelNumber;
  const [low, high] = [Math.max(0, Math.ceil(min)), Math.min(largestSeed, Math.floor(max))];
  const [least, most] = low <= high ? [low, high] : [0, largestSeed];
  return z
    .int()
    .min(least)
    .max(most)
    .default(Math.min(Math.max(1, least), most));
}

/** A picture from a link, or its address; for a mask also a mask. */
function mediaType({ name, media, required, value }: ModelField): z.ZodType | undefined {
  if (media === undefined) return undefined;
  const one = /mask/i.test(name) ? z.union([Mask, Image, address]) : z.union([Image, address]);
  if (media === "one") return required ? one : one.optional();
  const list = withoutNull(value);
  let many = z.array(one);
  if (list.type === "list" && list.minItems !== undefined) many = many.min(list.minItems);
  if (list.type === "list" && list.maxItems !== undefined) many = many.max(list.maxItems);
  return required ? many : many.optional();
}

function plainType({ value, required, default: fallback }: ModelField): z.ZodType {
  const plain = required ? value : withoutNull(value);
  // A text that must be there must say something: an empty prompt would be paid too.
  const type =
    plain.type === "string" && required && plain.minLength === undefined
      ? valueType({ ...plain, minLength: 1 }, "form")
      : valueType(plain, "form");
  if (fallback !== undefined && type.safeParse(fallback).success) return type.default(fallback);
  return required ? type : type.optional();
}

function labels(field: ModelField, name: string): Record<string, string> {
  const { title, description } = field;
  const words = name.replaceAll("_", " ");
  const own = description === undefined ? [] : [description];
  const said = [...own, ...takenAddress(field)].join(" ");
  return { title: title ?? words.charAt(0).toUpperCase() + words.slice(1), ...(said !== "" && { description: said }) };
}

function takenAddress({ media, isFileAddress }: ModelField): readonly string[] {
  if (isFileAddress) return ["An https address, which is fetched before anything is paid."];
  return media === undefined ? [] : [`A picture${media === "many" ? ", or several" : ""}, or an https address.`];
}

function hints(field: ModelField): Record<string, string | number | boolean> {
  const value = withoutNull(field.value);
  if (isSeed(field)) return { widget: "seed" };
  if (value.type === "string" && field.media === undefined)
    return /prompt|text/i.test(field.name) ? { widget: "textarea" } : {};
  if (value.type !== "integer" && value.type !== "number") return {};
  const { type, min, max } = value;
  if (min === undefined || max === undefined) return {};
  return { widget: "slider", ...(type === "number" && max - min <= 10 && { step: 0.01 }) };
}
