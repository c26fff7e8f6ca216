/** How names are written over an image: a dark ground of their own, since an outline alone is hard to read on bright ones. */
import type { TextLayerProps } from "@deck.gl/layers";

/** For a TextLayer of deck.gl; sizes in CSS pixels. */
export const NAME_LOOK = {
  getSize: 12,
  fontFamily: "system-ui, sans-serif",
  fontWeight: 600,
  characterSet: "auto",
  fontSettings: { sdf: true, fontSize: 48, buffer: 8 },
  background: true,
  getBackgroundColor: [12, 17, 22, 170],
  backgroundPadding: [4, 1, 4, 2],
  backgroundBorderRadius: 3,
  parameters: { depthCompare: "always", depthWriteEnabled: false },
} satisfies Partial<TextLayerProps>;
