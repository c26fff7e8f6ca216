/** Which answers are known by their head alone, so that the rest of them is not waited for. */

/** What is asked of a server, beside where. */
export interface Asking {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | null;
  /** That no answer of before is wanted. */
  readonly cache?: "no-store";
  /** The most bytes that are waited for where the whole file is given; none for who only asks how many there are. */
  readonly most?: number;
}

/** Whether the body of an answer is left where it is. */
export function isUnread(
  { ok, status, headers }: Pick<Response, "ok" | "status" | "headers">,
  most: number = Number.POSITIVE_INFINITY,
): boolean {
  // Whoever asks for none gets none, also where nobody says how many there are.
  return !ok || (status === 200 && Number(headers.get("content-length") ?? 1) > most);
}
