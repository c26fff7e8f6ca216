/** The fields of view of a plate's wells: read of those looked at alone, each once, and given up when one looks elsewhere. */
import { isFault } from "../base/fault.ts";
import type { Image } from "../ome/multiscale.ts";
import { roisFromTable } from "../roi/roi-table.ts";
import type { RoiColumns } from "../roi/rois.ts";
import { readTable } from "../table/read-table.ts";
import { listTables } from "../table/table-list.ts";
import { isMissingOnWeb } from "../zarr/missing-on-web.ts";
import { tablePath } from "./features.ts";
import { USUAL_TABLE } from "./open-table.ts";

/** What is known of a well; "absent" where it has no table of FOVs. */
export type WellFov =
  | { readonly kind: "there"; readonly rois: RoiColumns }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly error: unknown };

/** What a table of FOVs is called that has not the usual name. */
const LIKE_IT = /fov/i;

/** How many tables are read at once: each is several files, and the picture comes first. */
const AT_ONCE = 2;

export interface WellFovsOptions {
  /** By the well's index. */
  readonly imageOf: (well: number) => Image;
  /** Told when something is known of a well. */
  readonly onChange: () => void;
}

export class WellFovs {
  readonly #options: WellFovsOptions;
  readonly #known = new Map<number, WellFov>();
  readonly #underway = new Map<number, AbortController>();
  #wanted: readonly number[] = [];
  /** As the first well that has one calls it; the others are taken to do the same. */
  #name: string | undefined;

  constructor(options: WellFovsOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.#underway.size > 0;
  }

  /** Undefined while it is not known. */
  of(well: number): WellFov | undefined {
    return this.#known.get(well);
  }

  /** Says which wells are looked at, the most wanted first; what failed of others is asked for again when they are seen. */
  look(wells: readonly number[]): void {
    this.#wanted = wells;
    for (const [well, controller] of this.#underway)
      if (!wells.includes(well)) {
        this.#underway.delete(well);
        controller.abort();
      }
    for (const well of this.failed) if (!wells.includes(well)) this.#known.delete(well);
    this.#ask();
  }

  /** Forgets what is known of a well, so that it is read anew when it is looked at; what is on its way would be the old. */
  forget(well: number): void {
    this.#known.delete(well);
    this.#underway.get(well)?.abort();
    this.#underway.delete(well);
  }

  /** The wells that could not be read. */
  get failed(): readonly number[] {
    return [...this.#known].flatMap(([well, { kind }]) => (kind === "failed" ? [well] : []));
  }

  close(): void {
    this.look([]);
  }

  #ask(): void {
    // Until one well has said what the table is called, the others would each have to list theirs.
    const most = this.#name === undefined ? 1 : AT_ONCE;
    for (const well of this.#wanted) {
      if (this.#underway.size >= most) return;
      if (!this.#known.has(well) && !this.#underway.has(well)) void this.#read(well);
    }
  }

  async #read(well: number): Promise<void> {
    const controller = new AbortController();
    this.#underway.set(well, controller);
    const { signal } = controller;
    const found = await this.#find(well, signal).catch((error: unknown): WellFov => {
      const isMissing =
        isFault(error, "missing") || isMissingOnWeb(this.#options.imageOf(well).store, error);
      return isMissing ? { kind: "absent" } : { kind: "failed", error };
    });
    if (signal.aborted) return;
    this.#underway.delete(well);
    this.#known.set(well, found);
    this.#options.onChange();
    this.#ask();
  }

  async #find(well: number, signal: AbortSignal): Promise<WellFov> {
    const image = this.#options.imageOf(well);
    const { store, path, zarrFormat } = image;
    if (this.#name === undefined) {
      const { names } = await listTables(store, path, zarrFormat, { signal });
      const like = names.find((name) => LIKE_IT.test(name));
      this.#name = names.includes(USUAL_TABLE) ? USUAL_TABLE : like;
    }
    if (this.#name === undefined) return { kind: "absent" };
    const table = await readTable(store, tablePath(image, this.#name), zarrFormat, { signal });
    return { kind: "there", rois: roisFromTable(table).rois.base };
  }
}
