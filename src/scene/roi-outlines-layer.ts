/** The deck.gl layer of all ROIs' outlines: the large ones in view one by one, over a density picture of the others. */
import { CompositeLayer, type Layer, type LayerProps, type UpdateParameters } from "@deck.gl/core";
import { remembered } from "../base/remembered.ts";
import type { Plane } from "../editor/plane.ts";
import type { Shifted } from "../editor/shifted.ts";
import type { RoiId } from "../roi/rois.ts";
import { type Apart, type Away, awayBy, shiftedMany, tellingApart } from "./held-rois.ts";
import { RoiBoxLayer } from "./roi-box-layer.ts";
import { DENSITY_PARAMETERS, RoiDensityLayer } from "./roi-density-layer.ts";
import { type Outlines, RoiOutlines } from "./roi-outlines.ts";
import type { ShownRois } from "./roi-rows.ts";

export interface RoiOutlinesLayerProps extends LayerProps {
  readonly shown: ShownRois;
  readonly hovered: RoiId | undefined;
  readonly plane: Plane;
  readonly halfLine: number;
}

/** The same object every time: another one would be another look. */
const BOX_PARAMETERS = { depthCompare: "always", depthWriteEnabled: false } as const;

const NOTHING: Outlines = { ids: [], tiles: [], pending: false };

/** Some of the ROIs as they are drawn. */
interface Part {
  readonly shown: ShownRois;
  readonly outlines: RoiOutlines;
  readonly drawn: Outlines;
  /** Undefined where they are drawn where they lie. */
  readonly away?: Away;
}

export class RoiOutlinesLayer extends CompositeLayer<RoiOutlinesLayerProps> {
  static override layerName = "RoiOutlinesLayer";

  declare state: {
    rest: Part;
    /** What a hand has, and had, until the others are painted with it. */
    held: Part | undefined;
    apart: (shown: ShownRois, ids: ReadonlySet<RoiId>) => Apart;
    awayBy: typeof awayBy;
  };

  override initializeState(): void {
    const { shown } = this.props;
    const rest = { shown, outlines: new RoiOutlines(), drawn: NOTHING };
    const told = { apart: tellingApart(), awayBy: remembered(awayBy) };
    this.setState({ rest, held: undefined, ...told });
  }

  /** Panning brings other ROIs into view. */
  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.somethingChanged || this.isPending;
  }

  override updateState(): void {
    const { shown, visible } = this.props;
    if (!visible) return;
    const hand = shiftedMany(shown);
    if (hand) this.#tellApart(hand);
    else this.#join();
    // After this update, which would forget it.
    if (this.isPending) queueMicrotask(() => this.setNeedsUpdate());
  }

  override renderLayers(): Layer[] {
    const { rest, held } = this.state;
    return [...this.#layersOf(rest, ""), ...(held ? this.#layersOf(held, "held-") : [])];
  }

  /** Whether a picture is still being painted. */
  get isPending(): boolean {
    const { rest, held } = this.state;
    return rest.drawn.pending || held?.drawn.pending === true;
  }

  #tellApart(hand: Shifted): void {
    const { shown, plane } = this.props;
    const { apart } = this.state;
    const { resting, held: inHand } = apart(shown, hand.ids);
    let { rest, held } = this.state;
    if (held?.shown.part?.ids !== hand.ids) {
      const fresh = { shown: inHand, outlines: new RoiOutlines(), drawn: NOTHING };
      // What is painted goes with the more of them, and is seen until it is painted anew.
      const most = 2 * hand.ids.size > shown.rois.nextId;
      [rest, held] = most ? [fresh, rest] : [rest, fresh];
    }
    this.setState({
      rest: this.#looked({ outlines: rest.outlines, shown: resting }),
      held: this.#looked({
        outlines: held.outlines,
        shown: inHand,
        away: this.state.awayBy(hand.by, plane),
      }),
    });
  }

  /** The picture of those that were let go is seen until the others' has them in it. */
  #join(): void {
    const { rest, held } = this.state;
    const all = this.#looked({ ...rest, shown: this.props.shown });
    const late = held && { ...held, drawn: { ...held.drawn, ids: NOTHING.ids, pending: false } };
    this.setState({ rest: all, held: all.drawn.pending ? late : undefined });
  }

  /** What is drawn away from where it lies sees as much of the world from there. */
  #looked({ shown, outlines, away }: Omit<Part, "drawn">): Part {
    const { viewport } = this.context;
    const [minX, minY, maxX, maxY] = viewport.getBounds();
    const [x, y] = away?.by ?? [0, 0];
    const drawn = outlines.look(shown, {
      bounds: [minX - x, minY - y, maxX - x, maxY - y],
      zoom: viewport.zoom,
      plane: away?.plane ?? this.props.plane,
    });
    return { shown, outlines, drawn, ...(away ? { away } : {}) };
  }

  #layersOf({ shown, drawn: { ids, tiles }, away }: Part, name: "" | "held-"): Layer[] {
    const { hovered, plane, halfLine } = this.props;
    const density = new RoiDensityLayer(this.getSubLayerProps({ id: `${name}density` }), {
      tiles,
      ...(away ? { by: away.by } : {}),
      parameters: DENSITY_PARAMETERS,
    });
    return [
      // What draws it takes two programs, and few ROIs are drawn without.
      ...(tiles.length > 0 ? [density] : []),
      new RoiBoxLayer(this.getSubLayerProps({ id: `${name}boxes` }), {
        shown,
        ids,
        hovered,
        plane: away?.plane ?? plane,
        halfLine,
        ...(away ? { modelMatrix: away.matrix } : {}),
        parameters: BOX_PARAMETERS,
      }),
    ];
  }
}
