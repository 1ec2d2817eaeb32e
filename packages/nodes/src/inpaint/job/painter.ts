import type { ImageValue, JsonObject, MaskValue, NodeContext } from "@inlay/engine";

/** What a painter works on, both of one size. */
interface Canvas {
  /** RGB of 8 bits. */
  readonly sent: ImageValue;
  /** 255 where to paint, 0 where to leave everything as it is. */
  readonly sentMask: MaskValue;
}

/** What a painter made. */
interface Painting {
  /** In the size of what was sent. What was to be left may differ in tone. */
  readonly painted: ImageValue;
  /** What tells how it was made, to find it again. */
  readonly request: JsonObject;
}

/** A way to paint: a model of a service, or a computation of our own. */
export type Painter = (canvas: Canvas, ctx: NodeContext) => Promise<Painting>;
