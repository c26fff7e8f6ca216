/** A store behind a web address, read with fetch; every way a server can disappoint has its own sentence. */
import { stopped } from "../base/abort.ts";
import { Fault, isAborted, isFault } from "../base/fault.ts";
import { addressOf } from "./address.ts";
import { Look } from "./look.ts";
import { sliceOf } from "./memory-store.ts";
import { type RetryOptions, retrying, type Try } from "./retry.ts";
import type { Key, Options, Range, Store, StoreSpec } from "./store.ts";
import type { Asking } from "./unread.ts";
import { type Answer, type Answered, answerOf, isPart } from "./url-answer.ts";
import { brokenOff, noAnswer } from "./url-faults.ts";

export type UrlSpec = Extract<StoreSpec, { kind: "url" }>;

type Bytes = Uint8Array<ArrayBuffer>;

/** How a store asks its server, and deals with one that does not answer, or only says that it is busy. */
export interface Patience extends Pick<RetryOptions, "pause" | "onTrouble" | "hurry"> {
  /** As the global `fetch`, which is used unless said otherwise. */
  readonly fetch?: (url: URL, init: Asking) => Promise<Answered>;
}

/** What is asked of one file. */
interface Question extends Omit<Asking, "signal"> {
  readonly url: URL;
}

/**
 * A server that does not know parts of files sends all of one for each part that is asked for, and many are asked for at
 * once: of a file of more bytes that is too much.
 */
const LARGE = 64 * 2 ** 20;

/** Where its end was asked for, that may still be had by where it begins, which more servers know. */
const LARGE_FOR_END = 4 * 2 ** 20;

/**
 * What may be asked of a file. A browser lets a page of another site ask for the last two without the server's leave for
 * the header Range (CORS); for an end it first asks for that leave.
 */
type Kind = "end" | "part" | "whole";

/**
 * 404 and 410 are missing; what may pass (a busy server, no answer) is asked again a few times. The query of the address
 * (a signature) is sent with each request.
 */
export class UrlStore implements Store {
  readonly spec: UrlSpec;
  readonly #base: URL;
  readonly #patience: Patience;
  readonly #fetch: NonNullable<Patience["fetch"]>;
  /** What the server has answered so that it may be read. */
  readonly #heard = new Set<Kind>();
  /** Whether the end of a file could not be asked for as such, and was had by where it begins. */
  #findsEnds = false;
  /** The least that it gave, and how to ask for that. */
  #given: { readonly question: Question; readonly length: number } | undefined;
  readonly #lapse: Look<Fault | undefined>;
  readonly #isThere: Look<boolean>;

  /** @throws Fault "input" where the address is not a whole http(s) one */
  constructor(spec: UrlSpec, patience: Patience = {}) {
    this.spec = spec;
    this.#patience = patience;
    this.#lapse = new Look(patience.hurry);
    this.#isThere = new Look(patience.hurry);
    // Looked up when it is called: a test may put another in its place.
    this.#fetch = patience.fetch ?? ((url, init) => fetch(url, init));
    const base = URL.canParse(spec.url) ? new URL(spec.url) : undefined;
    if (base === undefined || !/^https?:$/.test(base.protocol))
      throw new Fault(
        "input",
        `"${spec.url}" is not a web address. Give one that starts with https:// or http://`,
      );
    this.#base = base;
  }

  async get(key: Key, options: Options = {}): Promise<Bytes | undefined> {
    const answer = await this.#ask(addressOf(this.#base, key), { headers: {} }, options);
    return answer?.bytes;
  }

  async getRange(key: Key, range: Range, options: Options = {}): Promise<Bytes | undefined> {
    const isEnd = "suffixLength" in range;
    const url = addressOf(this.#base, key);
    const findEnd = async (most: number, length: string | null) =>
      (await rare()).findEnd(url, most, length, {
        head: () => this.#ask(url, { headers: {}, most: 0 }, options),
        read: (part) => this.getRange(key, part, options),
      });
    if (isEnd && this.#findsEnds && !this.#heard.has("end"))
      return findEnd(range.suffixLength, null);
    const bounds = isEnd
      ? `-${range.suffixLength}`
      : `${range.offset}-${range.offset + range.length - 1}`;
    const asking = { headers: { Range: `bytes=${bounds}` }, most: isEnd ? LARGE_FOR_END : LARGE };
    const answer = await this.#ask(url, asking, options);
    if (answer === undefined) return undefined;
    const { status, bytes, headers } = answer;
    if (bytes === undefined && isEnd) {
      const found = await findEnd(range.suffixLength, headers?.get("content-length") ?? null);
      this.#findsEnds = true;
      return found;
    }
    if (bytes === undefined) throw (await rare()).wholeOnly(url);
    // A server that does not know ranges answers with the whole file.
    if (status === 200) return sliceOf(bytes, range);
    if (!isPart(bytes, headers?.get("content-range") ?? "", range))
      throw (await rare()).wrongPart(url);
    return bytes;
  }

  /** Asks for something it gave before: one request for all refusals of a few seconds, and anew when there is hurry. */
  lapse(options: Options = {}): Promise<Fault | undefined> {
    const given = this.#given?.question;
    const look = async () =>
      given && (await rare()).lapseOf(this, () => this.#answer({ ...given, cache: "no-store" }));
    return this.#lapse.find(look, options);
  }

  async #ask(
    url: URL,
    asking: Omit<Question, "url">,
    { signal }: Options,
  ): Promise<Answer | undefined> {
    const question = { url, ...asking };
    const answer = await this.#answer(question, signal);
    const length = answer?.bytes?.length ?? Number.POSITIVE_INFINITY;
    if (length < (this.#given?.length ?? Number.POSITIVE_INFINITY))
      this.#given = { question, length };
    return answer;
  }

  #answer(question: Question, signal?: AbortSignal): Promise<Answer | undefined> {
    const attempt = (either: AbortSignal) => this.#try(question, either);
    return retrying(attempt, { signal, ...this.#patience });
  }

  async #try({ url, ...asking }: Question, signal: AbortSignal): Promise<Try<Answer | undefined>> {
    const kind = kindOf(asking);
    try {
      const response = await this.#fetch(url, { ...asking, signal });
      this.#heard.add(kind);
      return await answerOf(response, url, asking);
    } catch (error) {
      if (signal.aborted || isAborted(error)) throw stopped(signal);
      // Who fetches is replaced.
      if (isFault(error, "crashed")) return { kind: "again", error };
      if (isFault(error)) throw error;
      return this.#withoutAnswer(url, kind, error, signal);
    }
  }

  async #withoutAnswer(
    url: URL,
    kind: Kind,
    cause: unknown,
    signal: AbortSignal,
  ): Promise<Try<Answer | undefined>> {
    if (!(await this.#isThere.find(() => isThere(url), { signal })))
      return { kind: "again", error: noAnswer(url, cause) };
    const heard = this.#heard;
    if (kind === "end" && !heard.has(kind)) return { kind: "done", value: NOT_GIVEN };
    if (heard.size === 0) throw (await rare()).notAllowed(url, "its files", cause);
    if (kind === "part" && !heard.has(kind) && !heard.has("end"))
      return { kind: "again", error: (await rare()).notAllowed(url, "parts of its files", cause) };
    // Once it could be read, a server that is there and gave no answer more likely broke off than refuses to be read.
    return { kind: "again", error: brokenOff(url, cause) };
  }
}

const rare = () => import("./url-rare.ts");

/** Said of an end that cannot be asked for. */
const NOT_GIVEN: Answer = { status: 0 };

function kindOf({ headers: { Range: range } }: Pick<Asking, "headers">): Kind {
  if (range === undefined) return "whole";
  return range.startsWith("bytes=-") ? "end" : "part";
}

/** How long a server that just failed to answer is given to show that it is there. */
const PATIENCE_MS = 5000;

/** A browser does not say why there was no answer; a request whose answer nobody may read tells the cases apart. */
async function isThere(url: URL): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    await fetch(url, { method: "HEAD", mode: "no-cors", signal });
    return true;
  } catch {
    return false;
  }
}
