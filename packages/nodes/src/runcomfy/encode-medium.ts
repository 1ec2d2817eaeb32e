import { EngineError, type ImageValue, type MediaLimits, type NodeContext, type RemoteMedia } from "@inlay/engine";
import { encodeImage } from "../codec/encode-image.ts";
import { describeSize, type Size } from "../pixels/size.ts";
import { hasTransparency } from "../pixels/flatten.ts";

/** What RunComfy's own ComfyUI nodes keep to when they send a picture inside the request. */
const usualLimits: MediaLimits = { bytes: 6 * 2 ** 20, pixels: 32_000_000 };

/** Fails with `image.too-large-to-send` when a picture has more pixels than the service takes. */
export function checkSendable(size: Size, { remote }: Pick<NodeContext, "remote">, input = "image"): void {
  const { pixels } = limitsOf(remote);
  if (size.width * size.height <= pixels) return;
  throw tooLarge(input, { expected: `at most ${Math.round(pixels / 1e6)} megapixels`, received: describeSize(size) });
}

/**
 * A picture as it is sent, without metadata: as PNG, or as JPEG of quality 95 when the PNG is larger than the service
 * takes, of which the person is told. Fails with `image.too-large-to-send` when that is too large as well.
 */
export async function encodeMedium(
  image: ImageValue,
  ctx: Pick<NodeContext, "remote" | "log">,
  input = "image",
): Promise<RemoteMedia> {
  const { bytes: most } = limitsOf(ctx.remote);
  const png = await encodeImage(image, { format: "png" });
  if (png.length <= most) return { kind: "media", bytes: png, mime: "image/png" };
  const jpeg = await encodeImage(image, { format: "jpeg", quality: 95 });
  if (jpeg.length > most) {
    throw tooLarge(input, {
      expected: `at most ${mebibytes(most)} when encoded`,
      received: `${describeSize(image)}: ${mebibytes(png.length)} as PNG, ${mebibytes(jpeg.length)} as JPEG`,
    });
  }
  const lost = hasTransparency(image) ? ", in front of white" : "";
  ctx.log(
    "warning",
    `\`${input}\` is sent as JPEG of quality 95${lost}: as PNG it has ${mebibytes(png.length)}, more than the ${mebibytes(most)} that can be sent.`,
  );
  return { kind: "media", bytes: jpeg, mime: "image/jpeg" };
}

function limitsOf({ mediaLimits = usualLimits }: NodeContext["remote"]): MediaLimits {
  return mediaLimits;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function tooLarge(input: string, details: { readonly expected: string; readonly received: string }): EngineError {
  return new EngineError({
    code: "image.too-large-to-send",
    message: "The picture is too large to be sent to the service. Nothing was sent or paid.",
    input,
    ...details,
    suggestion: "Scale the picture down first, or set up a publisher: docs/publishers.md.",
  });
}
