/** What a web server's answer says: the bytes asked for, that there are none, or why not. */
import { mayPass, retryAfter, type Try } from "./retry.ts";
import type { Range } from "./store.ts";
import { type Asking, isUnread } from "./unread.ts";
import { refusal } from "./url-faults.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What is read of a `Response`. */
export interface Answered
  extends Pick<Response, "ok" | "status" | "statusText" | "headers" | "arrayBuffer"> {
  readonly body: Pick<ReadableStream, "cancel"> | null;
}

export interface Answer {
  readonly status: number;
  /** Undefined where they were not waited for (`isUnread`). */
  readonly bytes?: Bytes;
  readonly headers?: Answered["headers"];
}

/** What an answer says; undefined where there is no such file. @throws Fault for one that will not pass */
export async function answerOf(
  response: Answered,
  url: URL,
  { headers: asked, most }: Pick<Asking, "headers" | "most">,
): Promise<Try<Answer | undefined>> {
  const { status, headers } = response;
  const isLeft = isUnread(response, most);
  if (isLeft) await response.body?.cancel();
  if (status === 404 || status === 410) return { kind: "done", value: undefined };
  // Nothing of the file is where it was asked for.
  if (status === 416 && asked["Range"] !== undefined)
    return { kind: "done", value: { status, bytes: new Uint8Array(), headers } };
  if (mayPass(status)) return busy(response, url);
  if (!response.ok) throw refusal(response, url);
  if (isLeft) return { kind: "done", value: { status, headers } };
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (isWebPage(response, bytes)) throw (await import("./url-rare.ts")).webPage(url);
  return { kind: "done", value: { status, bytes, headers } };
}

function busy(response: Answered, url: URL): Try<never> {
  const after = retryAfter(response.headers.get("retry-after"), Date.now());
  const error = refusal(response, url);
  return after === undefined ? { kind: "again", error } : { kind: "again", error, after };
}

/** @param said the header Content-Range; @returns whether these are the part asked for, or what there is of it; where the server hides what it sent, by their length. */
export function isPart(bytes: Bytes, said: string, range: Range): boolean {
  const asked = "suffixLength" in range ? range.suffixLength : range.length;
  if (bytes.length > asked) return false;
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(said) ?? [];
  if (start === undefined) return true;
  if ("offset" in range) return Number(start) === range.offset;
  return total === "*" || Number(start) === Math.max(0, Number(total) - asked);
}

/** A page by its own first bytes; or by its type, unless it begins like nothing a page begins with. */
function isWebPage(response: Answered, bytes: Bytes): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  if (start.startsWith("<!doctype") || start.startsWith("<html")) return true;
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("text/html") && (response.status === 206 || start.startsWith("<"));
}
