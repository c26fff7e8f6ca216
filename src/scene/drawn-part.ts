/** The part of a flat view that a draw is for: of a frame that is shifted only strips are drawn. */
import type { Viewport } from "@deck.gl/core";
import type { RenderPass } from "@luma.gl/core";
import type { Rect } from "./rect.ts";

interface Drawing {
  readonly viewport: Viewport;
  readonly renderPass: { readonly props: Pick<RenderPass["props"], "parameters"> };
}

/** What is drawn of the view at present, in world units; all that is in view where it is drawn in full. */
export function drawnPart({ viewport, renderPass }: Drawing): Rect {
  const { scissorRect, viewport: canvas } = renderPass.props.parameters ?? {};
  const [, , across, up] = canvas ?? [];
  if (!scissorRect || !across || !up) return viewport.getBounds();
  // Device pixels, from the lower left corner.
  const [left = 0, bottom = 0, width = across, height = up] = scissorRect;
  const at = (x: number, y: number): readonly number[] =>
    viewport.unproject([(x * viewport.width) / across, ((up - y) * viewport.height) / up]);
  const [x0 = 0, y0 = 0] = at(left, bottom + height);
  const [x1 = 0, y1 = 0] = at(left + width, bottom);
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
}
