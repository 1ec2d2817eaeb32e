import { useEffect, useRef, useState } from "react";
import { holdPixels } from "./kept-pixels.ts";
import { loadPreview, type Pixels, type Preview } from "./pixels.ts";

export interface Loading {
  /** The picture; until it is there its small copy, or the picture before it. */
  readonly pixels?: Pixels;
  /** The picture itself is on its way. */
  readonly isLoading?: boolean;
  readonly problem?: string;
}

/** What is shown, and how it is let go. */
interface Shown {
  readonly pixels: Pixels;
  release(): void;
}

/** The pixels behind an address, a small copy of them first; let go when others have taken their place. */
export function usePixels(url: string | undefined, preview?: Preview): Loading {
  const [state, setState] = useState<Loading>({});
  const held = useRef<Shown>(undefined);
  const first = useRef(preview);
  first.current = preview;
  useEffect(() => {
    let isGone = false;
    let isWhole = false;
    const show = (next: Shown | undefined, loading: Loading): void => {
      if (isGone) return next?.release();
      const old = held.current;
      held.current = next;
      setState({ ...(next && { pixels: next.pixels }), ...loading });
      // The screen is drawn from the new ones first.
      if (old) setTimeout(() => old.release(), 500);
    };
    if (url === undefined) show(undefined, {});
    else {
      setState((now) => ({ ...(now.pixels && { pixels: now.pixels }), isLoading: true }));
      const small = first.current;
      if (small) {
        loadPreview(small).then(
          (pixels) => {
            if (isWhole) pixels.close();
            else show({ pixels, release: () => pixels.close() }, { isLoading: true });
          },
          // What has no small copy is waited for.
          () => undefined,
        );
      }
      holdPixels(url).then(
        (next) => {
          isWhole = true;
          show(next, {});
        },
        (error: unknown) => {
          isWhole = true;
          show(undefined, { problem: error instanceof Error ? error.message : String(error) });
        },
      );
    }
    return () => {
      isGone = true;
    };
  }, [url]);
  useEffect(() => () => held.current?.release(), []);
  return state;
}
