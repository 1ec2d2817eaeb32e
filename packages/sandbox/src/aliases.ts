import { coffeeWebp, cupMaskPng } from "./generated/sample-pictures.ts";

/**
 * The sample URLs that the model's schema gives as defaults. They are answered from bundled pictures, so that the
 * documentation's own example works without a network: a coffee cup, and a mask that is white over the cup.
 */
const ALIASES: Readonly<Record<string, string>> = {
  "https://playgrounds-storage-public.runcomfy.net/tools/7294/media-files/input-1-1.png": coffeeWebp,
  "https://playgrounds-storage-public.runcomfy.net/tools/7294/media-files/mask.png": cupMaskPng,
};

/** The URLs that are answered from bundled pictures. */
export const ALIASED_URLS: readonly string[] = Object.keys(ALIASES);

/** The bundled picture that stands in for this URL, or undefined. */
export function aliasedPicture(url: string): Buffer | undefined {
  const base64 = Object.hasOwn(ALIASES, url) ? ALIASES[url] : undefined;
  return base64 === undefined ? undefined : Buffer.from(base64, "base64");
}
