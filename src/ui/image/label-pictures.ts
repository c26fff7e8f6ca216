/** The labels that are drawn over the open image: opened, kept loaded for what the camera shows, drawn, and read. */
import type { Layer } from "@deck.gl/core";
import { remembered } from "../../base/remembered.ts";
import { openLabel } from "../../ome/labels.ts";
import type { PlaneRange } from "../../ome/maximum.ts";
import { planesOf } from "../../ome/maximum-source.ts";
import type { Image, Multiscale } from "../../ome/multiscale.ts";
import type { CanvasPoint } from "../../scene/camera-moves.ts";
import type { ImageTiles } from "../../scene/image-tiles.ts";
import type { LabelColors } from "../../scene/label-layer.ts";
import type { Tile } from "../../scene/tile.ts";
import type { TileView } from "../../scene/tile-grid.ts";
import { Uploads } from "../../scene/uploads.ts";
import { FIRST_LOOK, type LabelView } from "../../state/label-look.ts";
import { notify, notifyError, withdraw } from "../../state/notices.ts";
import type { Session } from "../../state/session.ts";
import type { LabelObject } from "../../state/view.ts";
import type { ChunkSource } from "../../zarr/chunk-source.ts";
import { givenBy, type LabelScene, labelLayersOf, litIn, objectsAt } from "./label-drawing.ts";

/** A label and where its pixels come from: the store, or the run that makes it. */
interface Choice {
  readonly name: string;
  readonly source: ChunkSource;
}

/** A label that is drawn. */
export interface OpenLabel extends Choice {
  readonly multiscale: Multiscale;
  /** The colours it gives to its objects, for where no others are chosen. */
  readonly given: LabelColors | undefined;
}

interface Shown extends OpenLabel {
  readonly tiles: ImageTiles;
  readonly seen: typeof seenOf;
  readonly uploads: Uploads;
  readonly layers: ReturnType<typeof labelLayersOf>;
}

export class LabelPictures {
  readonly #session: Session;
  readonly #image: Image;
  readonly #reader: ChunkSource;
  readonly #tilesOf: (multiscale: Multiscale, source: ChunkSource) => ImageTiles;
  readonly #onChange: () => void;
  readonly #closing = new AbortController();
  readonly #shown = new Map<string, Shown>();
  readonly #opening = new Map<string, Choice>();
  /** Those that could not be opened: not asked for again until that is wished, or they were not wanted meanwhile. */
  readonly #unopened = new Map<string, Choice>();
  readonly #previewLayers = labelLayersOf();
  #open: readonly OpenLabel[] = [];
  #isBehind = false;

  constructor(
    session: Session,
    given: {
      readonly image: Image;
      readonly reader: ChunkSource;
      readonly tilesOf: (multiscale: Multiscale, source: ChunkSource) => ImageTiles;
      readonly onChange: () => void;
    },
  ) {
    this.#session = session;
    this.#image = given.image;
    this.#reader = given.reader;
    this.#tilesOf = given.tilesOf;
    this.#onChange = given.onChange;
  }

  /** Whether there is more to send to the GPU: another frame is needed. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  get busy(): boolean {
    if (this.#opening.size > 0 || this.#isBehind) return true;
    return [...this.#shown.values()].some(({ tiles }) => tiles.busy);
  }

  /** How many of them, and of their chunks in view, could not be read. */
  get failed(): number {
    const shown = [...this.#shown.values()];
    return shown.reduce((sum, { tiles }) => sum + tiles.failed.length, this.#unopened.size);
  }

  /** Asks again for those. */
  retry(): void {
    for (const { tiles } of this.#shown.values()) tiles.retry();
    for (const name of [...this.#unopened.keys()]) this.#forgive(name);
    this.#onChange();
  }

  /** Those that are open, lowest first; the same list while they are. */
  get open(): readonly OpenLabel[] {
    return this.#open;
  }

  /** Asks for what is looked at; what was asked for and is looked at no more is given up. */
  update(view: Omit<TileView, "channels">, maximum: PlaneRange | undefined): void {
    const { labelViews } = this.#session.view.getState();
    const wanted = labelViews.filter(({ visible }) => visible).map(({ name }) => name);
    for (const known of [this.#shown, this.#opening, this.#unopened])
      for (const name of known.keys()) if (!wanted.includes(name)) this.#drop(name);
    for (const name of wanted) this.#choose(name);
    const open = wanted.flatMap((name) => this.#shown.get(name) ?? []);
    if (open.length !== this.#open.length || open.some((one, i) => one !== this.#open[i]))
      this.#open = open;
    for (const shown of open) {
      shown.tiles.look(maximum && this.#rangeIn(shown, maximum));
      shown.tiles.update({ ...view, channels: [0] });
    }
  }

  /** Says what will be looked at next. */
  lookAhead(next: readonly Omit<TileView, "channels">[]): void {
    for (const { tiles } of this.#shown.values())
      tiles.lookAhead(next.map((view) => ({ ...view, channels: [0] })));
  }

  /** As `lookAhead`, and asks for nothing. */
  keepAhead(next: readonly Omit<TileView, "channels">[]): void {
    for (const { tiles } of this.#shown.values())
      tiles.keepAhead(next.map((view) => ({ ...view, channels: [0] })));
  }

  /**
   * What is drawn, lowest first; what a task would make takes the place of what is there.
   * @param taken bytes that the image sends to the GPU in this frame
   */
  layers(
    { paint, hovered, selected }: LabelScene,
    preview: readonly Tile[],
    taken: number,
  ): readonly Layer[] {
    this.#isBehind = false;
    const { labelViews, overlays } = this.#session.view.getState();
    if (!overlays) return [];
    if (preview.length > 0) {
      const lit = litIn(PREVIEW, hovered);
      return this.#previewLayers(preview, PREVIEWED, undefined, lit, undefined, "label-preview");
    }
    let sent = taken;
    return labelViews.flatMap((label) => {
      const shown = this.#shown.get(label.name);
      if (!shown) return [];
      const { uploads, layers, seen, given } = shown;
      const { drawn, underway } = uploads.pace(seen(shown.tiles.tiles()), sent);
      sent += uploads.sentBytes;
      this.#isBehind ||= uploads.isBehind;
      const lit = [litIn(label.name, hovered), litIn(label.name, selected)] as const;
      const colors = paint(label) ?? given;
      return layers(drawn, label, colors, ...lit, `label-${label.name}`, underway);
    });
  }

  /** The objects at a world place, the highest first. */
  read(at: CanvasPoint, preview: readonly Tile[]): readonly LabelObject[] {
    if (preview.length > 0) return objectsAt([{ name: PREVIEW, tiles: preview }], at);
    const shown = this.#open.map(({ name }) => ({
      name,
      tiles: this.#shown.get(name)?.tiles.tiles() ?? [],
    }));
    return objectsAt(shown, at);
  }

  close(): void {
    this.#closing.abort();
    this.#opening.clear();
    for (const { tiles } of this.#shown.values()) tiles.close();
  }

  /** The label's planes in those of the image; none of a flat one, and of one that grows: each step would read all of them. */
  #rangeIn({ multiscale, source }: Shown, maximum: PlaneRange): PlaneRange | undefined {
    const [finest] = multiscale.levels;
    const isStill = source === this.#reader && finest.grid.shape[0] > 1;
    return isStill ? planesOf(finest, this.#image.levels[0], maximum) : undefined;
  }

  #drop(name: string): void {
    this.#shown.get(name)?.tiles.close();
    this.#shown.delete(name);
    this.#opening.delete(name);
    this.#forgive(name);
  }

  #forgive(name: string): void {
    if (this.#unopened.delete(name)) withdraw(this.#session.notices, aboutOf(name));
  }

  /** Opens a label, live while a run fills it; the one before stays until it is there. */
  #choose(name: string): void {
    const { live } = this.#session.run.getState();
    const isLive = live !== undefined && live.name === name;
    const source = isLive ? live.chunks : this.#reader;
    const has = (one: Choice | undefined): boolean => one?.source === source;
    if ([this.#shown, this.#opening, this.#unopened].some((known) => has(known.get(name)))) return;
    if (isLive) {
      this.#show({ name, source, multiscale: live.multiscale, given: undefined });
      return;
    }
    const opening = { name, source };
    this.#opening.set(name, opening);
    this.#read(opening).then(
      (label) => {
        if (this.#opening.get(name) !== opening) return;
        for (const problem of label.multiscale.problems)
          notify(this.#session.notices, "warning", problem);
        this.#show(label);
        this.#onChange();
      },
      (error: unknown) => {
        if (this.#opening.get(name) !== opening) return;
        this.#opening.delete(name);
        this.#unopened.set(name, opening);
        notifyError(this.#session.notices, error, aboutOf(name));
        this.#onChange();
      },
    );
  }

  async #read(choice: Choice): Promise<OpenLabel> {
    const { signal } = this.#closing;
    const multiscale = await openLabel(this.#image, choice.name, { signal });
    const given = await givenBy(this.#session, multiscale, { signal });
    return { ...choice, multiscale, given };
  }

  #show(label: OpenLabel): void {
    this.#drop(label.name);
    const tiles = this.#tilesOf(label.multiscale, label.source);
    this.#shown.set(label.name, {
      ...label,
      tiles,
      seen: remembered(seenOf),
      uploads: new Uploads(),
      layers: labelLayersOf(),
    });
  }
}

/** Without those of another plane that have been drawn anew: two objects do not shine through each other. */
function seenOf(tiles: readonly Tile[]): readonly Tile[] {
  const current = new Set(tiles.filter((tile) => tile.current).map(({ place }) => place));
  return tiles.filter((tile) => tile.current || !current.has(tile.place));
}

/** What the message that a label could not be opened is about. */
function aboutOf(name: string): string {
  return `label/${name}`;
}

/** The name that objects of a preview go by. */
const PREVIEW = "preview";

const PREVIEWED: LabelView = { ...FIRST_LOOK, name: PREVIEW, visible: true };
