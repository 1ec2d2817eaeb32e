import { useEffect, useRef, useState } from "react";
import { loadPixels, type Pixels } from "./pixels.ts";

export interface Loading {
  /** The picture, or the one before it until it is there. */
  readonly pixels?: Pixels;
  readonly problem?: string;
}

/** The pixels behind an address; freed when others have taken their place. */
export function usePixels(url: string | undefined): Loading {
  const [state, setState] = useState<Loading>({});
  const held = useRef<Pixels>(undefined);
  useEffect(() => {
    let isGone = false;
    const show = (next: Loading): void => {
      if (isGone) return next.pixels?.close();
      const old = held.current;
      held.current = next.pixels;
      setState(next);
      // The screen is drawn from the new ones first.
      setTimeout(() => old?.close(), 500);
    };
    if (url === undefined) show({});
    else
      loadPixels(url).then(
        (pixels) => show({ pixels }),
        (error: unknown) => show({ problem: error instanceof Error ? error.message : String(error) }),
      );
    return () => {
      isGone = true;
    };
  }, [url]);
  useEffect(() => () => held.current?.close(), []);
  return state;
}
