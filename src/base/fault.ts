/** The one error type of Fovea: a tag to branch on, a sentence for the user, and the cause. */

export type FaultTag =
  /** Stopped on request; never shown as an error. */
  | "aborted"
  /** Stopped on request with what was done kept, so that it can go on later. */
  | "paused"
  /** The browser or the server refused access. */
  | "denied"
  /** No answer: offline, name not resolved, connection lost. */
  | "offline"
  /** The server answered, but the browser may not read the answer (CORS). */
  | "cors"
  /** The server answered with an error status. */
  | "http"
  /** The server answers a missing key with a web page. */
  | "html"
  /** No room left to write. */
  | "quota"
  /** The source cannot be written. */
  | "readonly"
  /** What is on disk is not what the format says. */
  | "invalid"
  /** What is on disk is legal, and Fovea cannot read or write it. */
  | "unsupported"
  /** Someone else holds or has changed what was to be written. */
  | "conflict"
  /** The name or parameter given cannot be used. */
  | "input"
  /** Nothing is where something was asked for. */
  | "missing"
  /** A background worker broke down; only its own job is lost. */
  | "crashed";

export interface FaultDetail {
  /** Where it happened: a path inside the source, an attribute, a row. */
  readonly where?: string;
  readonly cause?: unknown;
}

export class Fault extends Error {
  override readonly name = "Fault";
  readonly tag: FaultTag;
  readonly where: string | undefined;

  /** @param message a full sentence for the user, naming what and where. */
  constructor(tag: FaultTag, message: string, detail: FaultDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.tag = tag;
    this.where = detail.where;
  }
}

/** Whether an error is a Fault, of the given tag if one is given. */
export function isFault(error: unknown, tag?: FaultTag): error is Fault {
  return error instanceof Fault && (tag === undefined || error.tag === tag);
}

/** Whether an error only says that work was stopped on request, as a Fault or as the platform's AbortError. */
export function isAborted(error: unknown): boolean {
  return isFault(error, "aborted") || (error instanceof Error && error.name === "AbortError");
}

/** The sentence to show for any error. */
export function sentence(error: unknown): string {
  if (error instanceof Error) return error.message;
  return String(error);
}

/** A Fault as plain data, for a message to another thread. */
export interface FaultData {
  readonly tag: FaultTag;
  readonly message: string;
  readonly where?: string;
}

/** Any error as plain data; an error that is no Fault becomes "invalid" unless it only says that work was stopped. */
export function faultData(error: unknown): FaultData {
  if (!(error instanceof Fault))
    return { tag: isAborted(error) ? "aborted" : "invalid", message: sentence(error) };
  return {
    tag: error.tag,
    message: error.message,
    ...(error.where === undefined ? {} : { where: error.where }),
  };
}

/** The Fault that another thread sent. */
export function faultFromData(data: FaultData): Fault {
  return new Fault(data.tag, data.message, data.where === undefined ? {} : { where: data.where });
}
