import { z } from "@hono/zod-openapi";
import { httpError } from "./http-error.ts";

/** An error as every answer of 400 and above has it: the engine's `ErrorData`. */
const ErrorBody = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      node: z.string().optional(),
      nodeType: z.string().optional(),
      input: z.string().optional(),
      expected: z.string().optional(),
      received: z.string().optional(),
      suggestion: z.string().optional(),
      fix: z.looseObject({ title: z.string() }).optional(),
      ending: z.string().optional(),
      requestId: z.string().optional(),
      costUsd: z.number().optional(),
      diagnostics: z.array(z.looseObject({})).optional(),
    }),
  })
  .openapi("Error");

export const Diagnostic = z
  .looseObject({
    severity: z.enum(["error", "warning"]),
    code: z.string(),
    message: z.string(),
    path: z.array(z.union([z.string(), z.number()])),
  })
  .openapi("Diagnostic");

/** Where paid jobs go. */
export const Service = z.enum(["runcomfy", "sandbox"]).openapi("Service");

/** An answer with a JSON body. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A body that must be there and must be JSON. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { "application/json": { schema } } } as const;
}

/** What any route may answer instead. */
export const failure = { default: json(ErrorBody, "Something is wrong; `error.code` says what.") };

/** Turns what zod finds in a request into the error that clients get. */
export function refuseInvalid(result: { success: boolean; error?: unknown }): void {
  if (result.success) return;
  const issue = result.error instanceof z.ZodError ? result.error.issues[0] : undefined;
  const place = issue?.path.join(".") ?? "";
  throw httpError(
    "request.invalid",
    `${place === "" ? "The request" : `\`${place}\``}: ${issue?.message ?? "invalid"}`,
  );
}
