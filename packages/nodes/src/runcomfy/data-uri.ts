import { EngineError, type ImageValue } from "@inlay/engine";
import { encodeImage, mimeTypes, type EncodeFormat } from "../codec/encode-image.ts";
import { describeSize, type Size } from "../pixels/size.ts";

/** What RunComfy's own ComfyUI nodes keep to when they send a picture inside the request. */
const sendingLimits = { bytes: 6 * 2 ** 20, pixels: 32_000_000 } as const;

/** Fails with `image.too-large-to-send` when a picture has more pixels than the service takes. */
export function checkSendable(size: Size): void {
  if (size.width * size.height <= sendingLimits.pixels) return;
  throw tooLarge({ expected: "at most 32 megapixels", received: describeSize(size) });
}

/**
 * A picture as a data URI, without metadata: as PNG, or as JPEG of quality 95 when the PNG would exceed 6 MiB.
 * Fails with `image.too-large-to-send` when that is too large as well.
 */
export async function toDataUri(image: ImageValue): Promise<string> {
  const png = await encodeImage(image, { format: "png" });
  if (png.length <= sendingLimits.bytes) return dataUri(png, "png");
  const jpeg = await encodeImage(image, { format: "jpeg", quality: 95 });
  if (jpeg.length <= sendingLimits.bytes) return dataUri(jpeg, "jpeg");
  throw tooLarge({
    expected: "at most 6.0 MiB when encoded",
    received: `${describeSize(image)}: ${mebibytes(png)} as PNG, ${mebibytes(jpeg)} as JPEG`,
  });
}

function dataUri(bytes: Uint8Array, format: EncodeFormat): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  return `data:${mimeTypes[format]};base64,${base64}`;
}

function mebibytes({ length }: Uint8Array): string {
  return `${(length / 2 ** 20).toFixed(1)} MiB`;
}

function tooLarge(details: { readonly expected: string; readonly received: string }): EngineError {
  return new EngineError({
    code: "image.too-large-to-send",
    message: "The picture is too large to be sent to the service. Nothing was sent or paid.",
    input: "image",
    ...details,
    suggestion: "Scale the picture down first.",
  });
}
