import { EngineError, type ImageValue, type RemoteJobResult } from "@inlay/engine";
import { decodeImage } from "../codec/decode-image.ts";
import { remoteLimits } from "../codec/limits.ts";
import { resizeImage } from "../codec/resize-image.ts";
import { describeSize, sameAspect, type Size } from "../pixels/size.ts";

/**
 * The picture that a job gave, decoded and scaled to the size of what was sent.
 *
 * Errors: `remote.output` when there is not exactly one file; `remote.output-size` when its shape differs by more than
 * 1 %, so that scaling would distort it; `image.*` when it cannot be decoded.
 */
export async function fitResult({ files, requestId }: RemoteJobResult, size: Size): Promise<ImageValue> {
  const [file] = files;
  if (!file || files.length > 1) {
    throw new EngineError({
      code: "remote.output",
      message: "The service did not give one picture.",
      expected: "1 file",
      received: `${files.length} files`,
      requestId,
    });
  }
  const { image } = await decodeImage(file.bytes, { name: "the service's picture", limits: remoteLimits });
  if (!sameAspect(image, size)) throw otherShape(image, size, requestId);
  return resizeImage(image, size);
}

function otherShape(received: Size, sent: Size, requestId: string): EngineError {
  return new EngineError({
    code: "remote.output-size",
    message: "The service's picture has another shape than the picture that was sent, so it cannot be laid over it.",
    expected: `${describeSize(sent)}, or another size of that shape`,
    received: describeSize(received),
    suggestion: "Set `image_size` to `auto`.",
    requestId,
  });
}
