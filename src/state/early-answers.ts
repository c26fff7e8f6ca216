/** What is asked of a source while the page's own script still comes, which takes the answers over: each file once. */
import { type Json, listAt, objectAt, textAt } from "../base/json.ts";
import { addressOf } from "../zarr/address.ts";
import type { Key } from "../zarr/store.ts";
import type { Asking } from "../zarr/unread.ts";
import type { Patience } from "../zarr/url-store.ts";

type Fetch = NonNullable<Patience["fetch"]>;

export interface EarlyOptions {
  /** The web address of the source. */
  readonly source: string;
  /** Of a plate or well, the image wanted in it; the first one unless said otherwise. */
  readonly image: string | undefined;
  /** Whether some place inside the source is wanted, and not what stands for all of it. */
  readonly isInside: boolean;
  /** Told when the source turns out to be a plate. */
  readonly onPlate?: () => void;
}

interface Asked {
  readonly answer: Promise<Response>;
  readonly stop: AbortController;
}

/** How a version of OME-Zarr names its files. */
interface Names {
  readonly group: string;
  readonly array: string;
}

const V2: Names = { group: ".zattrs", array: ".zarray" };
const V3: Names = { group: "zarr.json", array: "zarr.json" };

export class EarlyAnswers {
  readonly #options: EarlyOptions;
  readonly #answers = new Map<string, Asked>();
  #isOver = false;

  /**
   * Asks for an image's levels and labels; of a plate for the first well's image, which stands for those of all. What fails
   * is told to who takes it.
   */
  constructor(options: EarlyOptions) {
    this.#options = options;
    for (const names of [V2, V3]) this.#follow(names, "/").catch(() => {});
    this.#ask("/.zgroup");
  }

  /** The page asks for the rest itself from now on. */
  handOver(): void {
    this.#isOver = true;
  }

  /** The answer to what was asked for, by the whole address; once, and not for who wants a part or a new one. */
  take({ href }: URL, { headers, cache, signal }: Asking): Promise<Response> | undefined {
    if (headers["Range"] !== undefined || cache !== undefined) return undefined;
    const asked = this.#answers.get(href);
    this.#answers.delete(href);
    // A browser lets a second request for a file wait for a first one that stalls, unless that is stopped.
    if (asked) signal?.addEventListener("abort", () => asked.stop.abort(), { once: true });
    return asked?.answer;
  }

  async #follow(names: Names, folder: Key): Promise<void> {
    const { image, isInside, onPlate } = this.#options;
    const found = await this.#read(`${folder}${names.group}`);
    const ome = objectAt(objectAt(found, "attributes"), "ome") ?? found;
    const [multiscale] = listAt(ome, "multiscales");
    for (const level of pathsIn(multiscale, "datasets"))
      this.#ask(`${folder}${level}/${names.array}`);
    if (multiscale !== undefined) this.#ask(`${folder}labels/${names.group}`);
    if (isInside) return;
    const [well] = pathsIn(objectAt(ome, "plate"), "wells");
    const images = pathsIn(objectAt(ome, "well"), "images");
    const next = well ?? images.find((path) => path === image) ?? images[0];
    if (next === undefined) return;
    const below: Key = `${folder}${next}/`;
    if (well !== undefined) {
      onPlate?.();
      // Its image is most often called so: asked for with the well, it comes a round trip sooner.
      this.#ask(`${below}${image ?? "0"}/${names.group}`);
    }
    await this.#follow(names, below);
  }

  async #read(key: Key): Promise<Json> {
    const response = await this.#ask(key)?.answer;
    return response ? response.clone().json() : null;
  }

  /** Nothing where the page asks by itself already. */
  #ask(key: Key): Asked | undefined {
    const url = addressOf(new URL(this.#options.source), key);
    const known = this.#answers.get(url.href);
    if (known || this.#isOver) return known;
    const stop = new AbortController();
    const asked: Asked = { answer: fetch(url, { signal: stop.signal }), stop };
    // What nobody takes matters to nobody.
    asked.answer.catch(() => {});
    this.#answers.set(url.href, asked);
    return asked;
  }
}

function pathsIn(json: Json | undefined, list: string): readonly string[] {
  return listAt(json, list).flatMap((one) => textAt(one, "path") ?? []);
}

/** What index.html leaves to the page's script. */
export interface Early {
  readonly answers: EarlyAnswers;
  /** Those that have started, and did not fail. */
  readonly workers: { decode?: Worker; fetch?: Worker };
}

/** Takes it over; once. */
export function takeEarly(): Early | undefined {
  const page = globalThis as { early?: Early };
  const { early } = page;
  delete page.early;
  early?.answers.handOver();
  return early;
}

/** As another `fetch`, after what was asked for early. */
export function fetchAfter(answers: EarlyAnswers | undefined, fetch: Fetch): Fetch {
  return (url, init) => answers?.take(url, init) ?? fetch(url, init);
}
