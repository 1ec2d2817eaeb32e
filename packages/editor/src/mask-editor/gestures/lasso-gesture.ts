import { encoded, type Gesture, type GestureContext, modeOf, type Place, straightFrom } from "./gesture.ts";

/** An outline by hand; while Shift is held, a straight piece of it in one of eight directions. */
export function lassoGesture(context: GestureContext, first: Place): Gesture {
  const mode = modeOf(context, first);
  const points: (readonly [number, number])[] = [[first.x, first.y]];
  let anchor: readonly [number, number] | undefined;
  const draw = (): void => context.show({ kind: "outline", points });
  draw();
  return {
    move(places) {
      for (const place of places) {
        if (place.isStraight) {
          if (anchor) points.pop();
          anchor ??= points.at(-1)!;
          points.push(straightFrom(anchor, place));
        } else {
          anchor = undefined;
          points.push([place.x, place.y]);
        }
      }
      draw();
    },
    end() {
      context.show(undefined);
      const outline = encoded(points);
      if (outline.length > 2) context.apply({ tool: "lasso", mode, points: outline.slice(0, 100_000) });
    },
    cancel: () => context.show(undefined),
  };
}
