/** A store behind a web address, read with fetch; every way a server can disappoint has its own sentence. */

import { stopped } from "../base/abort.ts";
import { Fault, isAborted } from "../base/fault.ts";
import { sliceOf } from "./memory-store.ts";
import type { Key, Options, Range, Store, StoreSpec } from "./store.ts";

export type UrlSpec = Extract<StoreSpec, { kind: "url" }>;

type Bytes = Uint8Array<ArrayBuffer>;

/** 404 and 410 are missing. The query of the address (a signature) is sent with each request. */
export class UrlStore implements Store {
  readonly spec: UrlSpec;
  readonly #base: URL;

  /** @throws Fault "input" where the address is not a whole http(s) one */
  constructor(spec: UrlSpec) {
    this.spec = spec;
    const base = URL.canParse(spec.url) ? new URL(spec.url) : undefined;
    if (base === undefined || !/^https?:$/.test(base.protocol))
      throw new Fault("input", `“${spec.url}” is not a web address that starts with http(s)://`);
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
    // A server that does not know ranges answers with the whole file.
    return answer?.status === 200 ? sliceOf(answer.bytes, range) : answer?.bytes;
  }

  async #ask(
    key: Key,
    headers: Readonly<Record<string, string>>,
    { signal }: Options,
  ): Promise<{ readonly status: number; readonly bytes: Bytes } | undefined> {
    const url = this.#urlOf(key);
    try {
      const response = await fetch(url, { headers, signal: signal ?? null });
      const { status } = response;
      if (!response.ok) await response.body?.cancel();
      if (status === 404 || status === 410) return undefined;
      if (!response.ok) throw refusal(response, url);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (isWebPage(response, bytes)) throw webPage(url);
      return { status, bytes };
    } catch (error) {
      if (signal?.aborted || isAborted(error)) throw stopped(signal);
      throw error instanceof Fault ? error : await whyNoAnswer(url, signal, error);
    }
  }

  #urlOf(key: Key): URL {
    const url = new URL(this.#base);
    const folder = url.pathname.replace(/\/+$/, "");
    url.pathname = folder + key.split("/").map(encodeURIComponent).join("/");
    url.hash = "";
    return url;
  }
}

/** The address without its query, which may hold a secret. */
const shown = (url: URL): string => decodeURI(url.origin + url.pathname);

function refusal(response: Response, url: URL): Fault {
  const said = `${response.status} ${response.statusText}`.trim();
  const where = { where: shown(url) };
  if (response.status === 401 || response.status === 403)
    return new Fault("denied", `The server refuses access to ${shown(url)} (${said})`, where);
  return new Fault("http", `The server answered ${said} for ${shown(url)}`, where);
}

/** A page by its own first bytes; or by its type, unless it begins like nothing a page begins with. */
function isWebPage(response: Response, bytes: Bytes): boolean {
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
      `There is no answer from ${url.origin}: check the address and the network connection`,
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
