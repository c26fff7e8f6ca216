/** What is seldom wrong with a web server, and what then helps: loaded when it is wrong. */
import { Fault } from "../base/fault.ts";
import { isMissingOnWeb } from "./missing-on-web.ts";
import type { Part } from "./range-reads.ts";
import type { Answer } from "./url-answer.ts";
import { shown } from "./url-faults.ts";
import type { UrlStore } from "./url-store.ts";

type Bytes = Uint8Array<ArrayBuffer>;

interface Asks {
  /** For an answer that tells how long the file is; undefined where there is none. */
  readonly head: () => Promise<Answer | undefined>;
  readonly read: (part: Part) => Promise<Bytes | undefined>;
}

/** The end of a file by where it begins. @param most of so many bytes; @param length the file's, if that was said */
export async function findEnd(
  url: URL,
  most: number,
  length: string | null,
  asks: Asks,
): Promise<Bytes | undefined> {
  const answer = length === null ? await asks.head() : undefined;
  if (length === null && answer === undefined) return undefined;
  const end = Number(length ?? answer?.headers?.get("content-length"));
  if (end === 0) throw notAllowed(url, "parts of its files", undefined);
  const offset = Math.max(0, end - most);
  return asks.read({ offset, length: end - offset });
}

/** Why a store does not give what it gave before, by asking for some of that; undefined where it does. */
export async function lapseOf(
  { spec }: UrlStore,
  ask: () => Promise<unknown>,
): Promise<Fault | undefined> {
  try {
    await ask();
    return undefined;
  } catch (error) {
    if (isMissingOnWeb({ spec }, error)) return lapsed(new URL(spec.url), error);
    throw error;
  }
}

function lapsed(base: URL, cause: unknown): Fault {
  return new Fault(
    "denied",
    `The server no longer gives what it gave before of ${shown(base)}: ` +
      "the link or the login may have run out",
    { where: shown(base), cause },
  );
}

export function wrongPart(url: URL): Fault {
  return new Fault(
    "invalid",
    `The server answered with another part of ${shown(url)} than was asked for`,
    { where: shown(url) },
  );
}

export function wholeOnly(url: URL): Fault {
  return new Fault(
    "unsupported",
    `The server gives whole files only, and ${shown(url)} is too large for that: ` +
      "it takes a server that gives parts of files (range requests)",
    { where: shown(url) },
  );
}

/** @param what of its files may not be read */
export function notAllowed(
  url: URL,
  what: "its files" | "parts of its files",
  cause: unknown,
): Fault {
  const how = what === "its files" ? "CORS" : "CORS, the request header Range";
  return new Fault(
    "cors",
    `The server ${url.origin} does not allow web pages of other sites to read ${what} (${how}); ` +
      "its owner can allow it",
    { where: shown(url), cause },
  );
}

export function webPage(url: URL): Fault {
  return new Fault(
    "html",
    `The server answered with a web page instead of the file ${shown(url)}; ` +
      "it seems to answer so whenever a file is missing, or to ask for a login",
    { where: shown(url) },
  );
}
