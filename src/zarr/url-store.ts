/** A store behind a web address, read with fetch; every way a server can disappoint has its own sentence. */
import { orStopped, stopped } from "../base/abort.ts";
import { decoded } from "../base/decoded.ts";
import { Fault, isAborted, isFault } from "../base/fault.ts";
import { addressOf } from "./address.ts";
import { sliceOf } from "./memory-store.ts";
import { mayPass, type RetryOptions, retryAfter, retrying, type Try } from "./retry.ts";
import type { Key, Options, Range, Store, StoreSpec } from "./store.ts";

export type UrlSpec = Extract<StoreSpec, { kind: "url" }>;

type Bytes = Uint8Array<ArrayBuffer>;

/** How a store asks its server, and deals with one that does not answer, or only says that it is busy. */
export interface Patience extends Pick<RetryOptions, "pause" | "onTrouble"> {
  /** As the global `fetch`, which is used unless said otherwise. */
  readonly fetch?: (url: URL, init: Asking) => Promise<Answered>;
  /** The signal of now; when it fires, what has no whole answer yet is asked again. */
  readonly hurry?: () => AbortSignal;
}

export interface Asking {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | null;
  /** That no answer of before is wanted. */
  readonly cache?: "no-store";
}

/** What is read of a `Response`. */
export interface Answered
  extends Pick<Response, "ok" | "status" | "statusText" | "headers" | "arrayBuffer"> {
  readonly body: Pick<ReadableStream, "cancel"> | null;
}

interface Answer {
  readonly status: number;
  readonly bytes: Bytes;
  readonly contentRange: string | null;
}

/** What is asked of one file. */
interface Question extends Pick<Asking, "headers" | "cache"> {
  readonly url: URL;
}

/** A look whether the server still gives what it gave before. */
interface Look {
  readonly begun: number;
  readonly hurry: AbortSignal | undefined;
  readonly lapse: Promise<Fault | undefined>;
}

/** For so many milliseconds a look answers for all that is refused: where much is not stored, much is. */
const LOOK_LASTS = 3000;

/**
 * 404 and 410 are missing; what may pass (a busy server, no answer) is asked again a few times. The query of the address
 * (a signature) is sent with each request.
 */
export class UrlStore implements Store {
  readonly spec: UrlSpec;
  readonly #base: URL;
  readonly #patience: Patience;
  readonly #fetch: NonNullable<Patience["fetch"]>;
  /** Whether the server has answered anything that may be read. */
  #isReadable = false;
  /** The least that it gave, and how to ask for that. */
  #given: { readonly question: Question; readonly length: number } | undefined;
  #look: Look | undefined;

  /** @throws Fault "input" where the address is not a whole http(s) one */
  constructor(spec: UrlSpec, patience: Patience = {}) {
    this.spec = spec;
    this.#patience = patience;
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
    const answer = await this.#ask(key, {}, options);
    return answer?.bytes;
  }

  async getRange(key: Key, range: Range, options: Options = {}): Promise<Bytes | undefined> {
    const bounds =
      "suffixLength" in range
        ? `-${range.suffixLength}`
        : `${range.offset}-${range.offset + range.length - 1}`;
    const answer = await this.#ask(key, { Range: `bytes=${bounds}` }, options);
    if (answer === undefined) return undefined;
    // A server that does not know ranges answers with the whole file.
    if (answer.status === 200) return sliceOf(answer.bytes, range);
    if (!isPart(answer, range)) throw wrongPart(addressOf(this.#base, key));
    return answer.bytes;
  }

  /** Asks for something it gave before: one request for all refusals of a few seconds, and anew when there is hurry. */
  lapse({ signal }: Options = {}): Promise<Fault | undefined> {
    const begun = performance.now();
    const last = this.#look;
    const isLate = last === undefined || begun - last.begun > LOOK_LASTS || last.hurry?.aborted;
    if (!isLate) return orStopped(last.lapse, signal);
    const look = { begun, hurry: this.#patience.hurry?.(), lapse: this.#lookAgain() };
    this.#look = look;
    // One that failed says nothing to the next.
    look.lapse.catch(() => {
      if (this.#look === look) this.#look = undefined;
    });
    return orStopped(look.lapse, signal);
  }

  async #lookAgain(): Promise<Fault | undefined> {
    if (this.#given === undefined) return undefined;
    try {
      await this.#answer({ ...this.#given.question, cache: "no-store" }, undefined);
      return undefined;
    } catch (error) {
      if (isFault(error, "denied") || isFault(error, "html")) return lapsed(this.#base, error);
      throw error;
    }
  }

  async #ask(
    key: Key,
    headers: Readonly<Record<string, string>>,
    { signal }: Options,
  ): Promise<Answer | undefined> {
    const question = { url: addressOf(this.#base, key), headers };
    const answer = await this.#answer(question, signal);
    const length = answer?.bytes.length ?? Number.POSITIVE_INFINITY;
    if (length < (this.#given?.length ?? Number.POSITIVE_INFINITY))
      this.#given = { question, length };
    return answer;
  }

  #answer(question: Question, signal: AbortSignal | undefined): Promise<Answer | undefined> {
    return retrying(() => this.#try(question, signal), { signal, ...this.#patience });
  }

  async #try(
    { url, ...asking }: Question,
    signal: AbortSignal | undefined,
  ): Promise<Try<Answer | undefined>> {
    const hurry = this.#patience.hurry?.();
    const signals = [signal, hurry].filter((one) => one !== undefined);
    try {
      const init = { ...asking, signal: AbortSignal.any(signals) };
      const response = await this.#fetch(url, init);
      this.#isReadable = true;
      return await answerOf(response, url);
    } catch (error) {
      if (signal?.aborted) throw stopped(signal);
      if (hurry?.aborted) return { kind: "again", error: brokenOff(url, error) };
      if (isAborted(error)) throw stopped(signal);
      if (error instanceof Fault) throw error;
      const fault = await whyNoAnswer(url, signal, error);
      if (fault.tag === "offline") return { kind: "again", error: fault };
      // Once it could be read, a server that is there and gave no answer more likely broke off than refuses to be read.
      if (!this.#isReadable) throw fault;
      return { kind: "again", error: brokenOff(url, error) };
    }
  }
}

/** What an answer says. @throws Fault for one that will not pass */
async function answerOf(response: Answered, url: URL): Promise<Try<Answer | undefined>> {
  const { status } = response;
  if (!response.ok) await response.body?.cancel();
  if (status === 404 || status === 410) return { kind: "done", value: undefined };
  if (mayPass(status)) return busy(response, url);
  if (!response.ok) throw refusal(response, url);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (isWebPage(response, bytes)) throw webPage(url);
  const contentRange = response.headers.get("content-range");
  return { kind: "done", value: { status, bytes, contentRange } };
}

/** The address without its query, which may hold a secret. */
const shown = ({ origin, pathname }: URL): string =>
  origin + pathname.split("/").map(decoded).join("/");

function refusal(response: Answered, url: URL): Fault {
  const said = `${response.status} ${response.statusText}`.trim();
  const where = { where: shown(url) };
  if (response.status === 401 || response.status === 403)
    return new Fault("denied", `The server refuses access to ${shown(url)} (${said})`, where);
  return new Fault("http", `The server answered ${said} for ${shown(url)}`, where);
}

function lapsed(base: URL, cause: Fault): Fault {
  return new Fault(
    "denied",
    `The server no longer gives what it gave before of ${shown(base)}: ` +
      "the link or the login may have run out",
    { where: shown(base), cause },
  );
}

function busy(response: Answered, url: URL): Try<never> {
  const after = retryAfter(response.headers.get("retry-after"), Date.now());
  const error = refusal(response, url);
  return after === undefined ? { kind: "again", error } : { kind: "again", error, after };
}

/** Whether an answer is the part asked for, or what there is of it; where the server hides what it sent, by its length. */
function isPart({ bytes, contentRange }: Answer, range: Range): boolean {
  const asked = "suffixLength" in range ? range.suffixLength : range.length;
  if (bytes.length > asked) return false;
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(contentRange ?? "") ?? [];
  if (start === undefined) return true;
  if ("offset" in range) return Number(start) === range.offset;
  return total === "*" || Number(start) === Math.max(0, Number(total) - asked);
}

function wrongPart(url: URL): Fault {
  return new Fault(
    "invalid",
    `The server answered with another part of ${shown(url)} than was asked for`,
    { where: shown(url) },
  );
}

/** A page by its own first bytes; or by its type, unless it begins like nothing a page begins with. */
function isWebPage(response: Answered, bytes: Bytes): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  if (start.startsWith("<!doctype") || start.startsWith("<html")) return true;
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("text/html") && (response.status === 206 || start.startsWith("<"));
}

function webPage(url: URL): Fault {
  return new Fault(
    "html",
    `The server answered with a web page instead of the file ${shown(url)}; ` +
      "it seems to answer so whenever a file is missing, or to ask for a login",
    { where: shown(url) },
  );
}

function brokenOff(url: URL, cause: unknown): Fault {
  const detail = { where: shown(url), cause };
  return new Fault(
    "offline",
    `The connection broke off before all of ${shown(url)} was there`,
    detail,
  );
}

/** How long a server that just failed to answer is given to show that it is there. */
const PATIENCE_MS = 5000;

/** A browser does not say why there was no answer; a request whose answer nobody may read tells the two cases apart. */
async function whyNoAnswer(
  url: URL,
  signal: AbortSignal | undefined,
  cause: unknown,
): Promise<Fault> {
  const detail = { where: shown(url), cause };
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const either = signal ? AbortSignal.any([signal, patience]) : patience;
  try {
    await fetch(url, { method: "HEAD", mode: "no-cors", signal: either });
  } catch {
    if (signal?.aborted) return stopped(signal);
    return new Fault(
      "offline",
      `There is no answer for ${shown(url)}: check the address and the network connection`,
      detail,
    );
  }
  return new Fault(
    "cors",
    `The server ${url.origin} does not allow web pages of other sites to read its files (CORS); ` +
      "its owner can allow it",
    detail,
  );
}
