import { useEffect, useState } from "react";
import { loadPixels, type Pixels } from "./pixels.ts";

export type Loading =
  | { readonly kind: "none" }
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "loaded"; readonly pixels: Pixels };

const nothing: Loading = { kind: "none" };

/** The pixels behind an address; freed when another one is shown. */
export function usePixels(url: string | undefined): Loading {
  const [state, setState] = useState<Loading>(nothing);
  useEffect(() => {
    if (url === undefined) return setState(nothing);
    setState({ kind: "loading" });
    let isGone = false;
    let loaded: Pixels | undefined;
    loadPixels(url).then(
      (pixels) => {
        if (isGone) return pixels.close();
        loaded = pixels;
        setState({ kind: "loaded", pixels });
      },
      (error: unknown) => {
        if (!isGone) setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => {
      isGone = true;
      // What is on the screen is drawn once more before the next picture comes.
      setTimeout(() => loaded?.close(), 0);
    };
  }, [url]);
  return state;
}

export function pixelsOf(state: Loading): Pixels | undefined {
  return state.kind === "loaded" ? state.pixels : undefined;
}
