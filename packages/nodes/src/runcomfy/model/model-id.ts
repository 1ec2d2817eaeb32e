import { modelError } from "./model-error.ts";

const longestId = 200;

/**
 * Checks the id of a model: two or more parts of `a-z 0-9 . _ -`, each beginning with a letter or digit, with `/`
 * between them, such as `wan-ai/wan-2-6/image-to-video`. Fails with `model.id`.
 */
export function checkModelId(id: string): string {
  if (id.length <= longestId && /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)+$/.test(id)) return id;
  throw modelError("model.id", "This is not the id of a model.", {
    expected: "parts of a–z, 0–9, `.`, `_` and `-` with `/` between them",
    received: JSON.stringify(id.slice(0, longestId)),
  });
}

/** The type of a model's node. */
export function modelNodeType(id: string): string {
  return `runcomfy/${id}`;
}

/** A title made of an id's last parts: `wan-ai/wan-2-6/image-to-video` is `Wan 2 6 Image To Video`. */
export function titleOfId(id: string): string {
  const words = id
    .split("/")
    .slice(1)
    .join(" ")
    .split(/[\s._-]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
