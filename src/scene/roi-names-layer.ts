/** The deck.gl layer of ROI names; it sets text anew only when other names are in view, or a move has come to rest. */
import {
  CompositeLayer,
  type Layer,
  type LayerContext,
  type LayerProps,
  type UpdateParameters,
} from "@deck.gl/core";
import { TextLayer } from "@deck.gl/layers";
import type { Plane } from "../editor/plane.ts";
import { Shifted } from "../editor/shifted.ts";
import type { RoiDiff, RoiId } from "../roi/rois.ts";
import { NAME_LOOK } from "./name-look.ts";
import type { Rect } from "./rect.ts";
import { type NameTag, namesIn, sameNames } from "./roi-names.ts";
import type { ShownRois } from "./roi-rows.ts";
import { type SeenNames, seenNames } from "./seen-names.ts";

export interface RoiNamesLayerProps extends LayerProps {
  readonly shown: ShownRois;
  readonly hovered: RoiId | undefined;
  readonly plane: Plane;
  readonly covered: Covered;
  /** All that is looked at, in world units, where the view is only a part of it: names lie as in one view of it. */
  readonly whole?: Rect | undefined;
}

/** How much of the view lies under something, in CSS pixels. */
export interface Covered {
  readonly top: number;
  readonly left: number;
}

/** How much further than the view names are set, as a part of it: so far it moves without any being set anew. */
const AROUND = 0.5;

/** How long the view rests before names are set to where it sees them, in milliseconds: longer than a hand's pauses. */
const REST = 200;

export class RoiNamesLayer extends CompositeLayer<RoiNamesLayerProps> {
  static override layerName = "RoiNamesLayer";

  declare state: {
    tags: readonly NameTag[];
    characters: string;
    seen: SeenNames;
    /** Which names were set to where they are seen, and beside what. */
    placed: { readonly tags: readonly NameTag[]; readonly covered: Covered } | undefined;
    of: NamesOf | undefined;
    resting: ReturnType<typeof setTimeout> | undefined;
    /** Which texts were ever written. */
    written: Set<string>;
  };

  override initializeState(): void {
    const seen: SeenNames = { settled: [], stuck: [] };
    this.setState({ tags: [], characters: "", seen, written: new Set() });
  }

  override finalizeState(context: LayerContext): void {
    clearTimeout(this.state.resting);
    super.finalizeState(context);
  }

  /** Panning brings other names into view, and those of large boxes along. */
  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.somethingChanged;
  }

  /** While the view moves, names move along with their boxes: a frame that is like the last one can be shifted. */
  override updateState({ changeFlags }: UpdateParameters<this>): void {
    const { viewport } = this.context;
    const { covered, whole } = this.props;
    const [left, top, right, bottom] = whole ?? viewport.getBounds();
    const tags = this.#tagsIn([left, top, right, bottom]);
    const { placed } = this.state;
    clearTimeout(this.state.resting);
    if (changeFlags.viewportChanged && placed?.tags === tags && placed.covered === covered) {
      const rest = (): void => this.getCurrentLayer()?.setState({ placed: undefined });
      this.setState({ resting: setTimeout(rest, REST) });
      return;
    }
    const { scale } = viewport;
    const sight: Rect = [left + covered.left / scale, top + covered.top / scale, right, bottom];
    const { settled, stuck } = seenNames(tags, sight, viewport.scale);
    const before = this.state.seen;
    // A list that is the same object is not set anew.
    const seen: SeenNames = {
      settled: sameNames(settled, before.settled) ? before.settled : settled,
      stuck: sameNames(stuck, before.stuck) ? before.stuck : stuck,
    };
    this.setState({ seen, placed: { tags, covered } });
  }

  /** The names in and around what is in view, looked for only where others may be. */
  #tagsIn([minX, minY, maxX, maxY]: Rect): readonly NameTag[] {
    const { shown, hovered, plane } = this.props;
    const pixelsPerUnit = this.context.viewport.scale;
    const now = { shown, hovered, plane, scale: pixelsPerUnit };
    if (this.state.of && isStillSo(this.state.of, now, [minX, minY, maxX, maxY]))
      return this.state.tags;
    const [dx, dy] = [AROUND * (maxX - minX), AROUND * (maxY - minY)];
    const bounds: Rect = [minX - dx, minY - dy, maxX + dx, maxY + dy];
    const { rois, preview, hidden, selection } = shown;
    const view = { plane, pixelsPerUnit, bounds, preview, hidden, selection, hovered };
    const found = namesIn(rois, view);
    // The same ones are not set anew on the way: that waits until the view rests.
    const tags = sameNames(found, this.state.tags) ? this.state.tags : found;
    this.setState({ of: { ...now, bounds }, tags, characters: charactersOf(tags) });
    return tags;
  }

  override renderLayers(): Layer[] {
    const { settled, stuck } = this.state.seen;
    return [...this.#text("text", settled), ...this.#text("stuck", stuck)];
  }

  /** Nothing until there is a name: each text is two programs for the GPU, made once and kept. */
  #text(id: string, data: readonly NameTag[]): Layer[] {
    const { written } = this.state;
    if (data.length > 0) written.add(id);
    if (!written.has(id)) return [];
    const text = new TextLayer<NameTag>(this.getSubLayerProps({ id }), {
      data,
      getText: ({ text }) => text,
      getPosition: ({ x, y }) => [x, y],
      getPixelOffset: [7, 6],
      getTextAnchor: "start",
      getAlignmentBaseline: "top",
      getColor: [255, 255, 255],
      ...NAME_LOOK,
      characterSet: this.state.characters,
    });
    return [text];
  }
}

/** In an order that tells nothing of how the view came about: glyphs are cut from where they were first drawn. */
function charactersOf(tags: readonly NameTag[]): string {
  return [...new Set(tags.flatMap(({ text }) => [...text]))].sort().join("");
}

/** What the names that are set follow from. */
interface NamesOf {
  readonly shown: ShownRois;
  readonly hovered: RoiId | undefined;
  readonly plane: Plane;
  readonly scale: number;
  readonly bounds: Rect;
}

/** Whether names that were set for a part of the world are those of what is in view now. */
function isStillSo(of: NamesOf, now: Omit<NamesOf, "bounds">, [x0, y0, x1, y1]: Rect): boolean {
  const { rois, selection, hidden, preview } = of.shown;
  return (
    of.scale === now.scale &&
    of.hovered === now.hovered &&
    of.plane.min === now.plane.min &&
    of.plane.max === now.plane.max &&
    rois === now.shown.rois &&
    selection === now.shown.selection &&
    hidden === now.shown.hidden &&
    sameIds(preview, now.shown.preview) &&
    x0 >= of.bounds[0] &&
    y0 >= of.bounds[1] &&
    x1 <= of.bounds[2] &&
    y1 <= of.bounds[3]
  );
}

function sameIds(a: RoiDiff | undefined, b: RoiDiff | undefined): boolean {
  if (a === b) return true;
  if (a instanceof Shifted && b instanceof Shifted) return a.ids === b.ids;
  if (a?.size !== b?.size) return false;
  for (const id of a?.keys() ?? []) if (!b?.has(id)) return false;
  return true;
}
