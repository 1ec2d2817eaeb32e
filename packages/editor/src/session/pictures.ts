/** A picture that a node shows: what it made in the last run, or the file that it is to read. */
export interface NodePicture {
  /** Of a copy that is large enough for a card. */
  readonly url: string;
  /** Of the picture itself, where there is one. */
  readonly full?: string;
  /** Of the picture itself, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Where it comes from: a file that is chosen, or an output of a run. */
  readonly source: "file" | "result";
}
