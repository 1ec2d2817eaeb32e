import type { ReactNode } from "react";
import type { Point } from "../document/graph.ts";
import { t } from "../messages/translate.ts";
import type { Pixels, Rgba } from "./pixels.ts";

interface PixelProbeProps {
  readonly shown: Pixels | undefined;
  readonly before: Pixels | undefined;
  readonly probe: Point | undefined;
  readonly isMask: boolean;
}

/** The value of the pixel under the pointer, or under the ring that Shift and the arrow keys move. */
export function PixelProbe({ shown, before, probe, isMask }: PixelProbeProps): ReactNode {
  const value = shown && probe && shown.at(probe);
  const earlier = shown && before && probe && before.at(samePlace(probe, shown, before));
  return (
    <div className="viewer-probe">
      {shown && (
        <span>
          {shown.width} × {shown.height}
        </span>
      )}
      <output aria-label={t("viewer.probe")}>
        {probe && value ? (
          <>
            <Swatch value={value} />
            {probe.x}, {probe.y} · {isMask ? t("viewer.mask-value", { value: value[0] }) : valueText(value)}
          </>
        ) : (
          t("viewer.probe-hint")
        )}
      </output>
      {earlier && (
        <span>
          {t("viewer.before")}: <Swatch value={earlier} /> {valueText(earlier)}
        </span>
      )}
    </div>
  );
}

function Swatch({ value: [red, green, blue, alpha] }: { readonly value: Rgba }): ReactNode {
  return <span className="viewer-swatch" style={{ background: `rgb(${red} ${green} ${blue} / ${alpha / 255})` }} />;
}

function valueText([red, green, blue, alpha]: Rgba): string {
  return t("viewer.value", { red, green, blue, alpha });
}

/** Two pictures of different sizes lie over each other, corner on corner. */
function samePlace({ x, y }: Point, shown: Pixels, other: Pixels): Point {
  return {
    x: Math.floor(((x + 0.5) / shown.width) * other.width),
    y: Math.floor(((y + 0.5) / shown.height) * other.height),
  };
}
