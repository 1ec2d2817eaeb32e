import type { Point } from "../document/graph.ts";

/** How a picture is seen: CSS pixels a pixel of the picture, and where its left upper corner is in the stage. */
export interface ViewPort {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const largestScale = 64;
/** At least so many CSS pixels of the picture stay in the stage. */
const held = 40;

/** The whole picture in the middle of the stage; a small one is not made larger than four times its size. */
export function fitPicture(picture: Size, stage: Size): ViewPort {
  const room = 24;
  const fitting = Math.min((stage.width - room) / picture.width, (stage.height - room) / picture.height);
  return centred(picture, stage, Math.max(0.001, Math.min(4, fitting)));
}

/** The picture at that scale, in the middle of the stage. */
export function centred(picture: Size, stage: Size, scale: number): ViewPort {
  return {
    scale,
    x: (stage.width - picture.width * scale) / 2,
    y: (stage.height - picture.height * scale) / 2,
  };
}

/** The smallest scale that zooming leads to: a quarter of the one at which the whole picture is seen. */
export function leastScale(picture: Size, stage: Size): number {
  return Math.min(1, fitPicture(picture, stage).scale) / 4;
}

/** Larger or smaller by a factor; what is at `at` stays there. */
export function zoomAt(view: ViewPort, factor: number, at: Point, least: number): ViewPort {
  const scale = Math.min(largestScale, Math.max(least, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** Moved, but never out of the stage. */
export function moveBy(view: ViewPort, dx: number, dy: number, picture: Size, stage: Size): ViewPort {
  return {
    scale: view.scale,
    x: Math.min(stage.width - held, Math.max(held - picture.width * view.scale, view.x + dx)),
    y: Math.min(stage.height - held, Math.max(held - picture.height * view.scale, view.y + dy)),
  };
}

/** The pixel of the picture at a place of the stage; undefined beside the picture. */
export function pixelAt(view: ViewPort, at: Point, picture: Size): Point | undefined {
  const x = Math.floor((at.x - view.x) / view.scale);
  const y = Math.floor((at.y - view.y) / view.scale);
  return x >= 0 && y >= 0 && x < picture.width && y < picture.height ? { x, y } : undefined;
}
