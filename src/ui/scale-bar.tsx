/** The scale bar in the corner of a canvas. */
import { scaleBar } from "../scene/scale-bar.ts";

/** In CSS pixels. */
const LONGEST = 160;

/** @param unit of the world's x axis, as stored */
export function ScaleBar({
  worldPerPixel,
  unit,
}: {
  readonly worldPerPixel: number;
  readonly unit: string | undefined;
}) {
  const { pixels, text } = scaleBar(worldPerPixel, unit, LONGEST);
  return (
    <div className="scale-bar" role="img" aria-label={`Scale bar ${text}`}>
      {text}
      {/* Whole pixels: a camera that comes to rest goes to where a link can say, which no eye sees. */}
      <i style={{ width: Math.round(pixels) }} />
    </div>
  );
}
