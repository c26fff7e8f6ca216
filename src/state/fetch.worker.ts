/** Asks web addresses away from the page: what comes in takes the time of this thread, not of the one that draws. */
import { serve } from "../base/worker-serve.ts";

export interface FetchRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cache?: "no-store";
}

export type FetchAnswer =
  /** There was none, or none that a page may read. */
  | { readonly kind: "none"; readonly why: string }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      /** Of an answer that is not ok, nothing; why, of one that broke off. */
      readonly body: ArrayBuffer | string;
    };

serve<FetchRequest, FetchAnswer>(async ({ url, ...init }, { signal }) => {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal });
  } catch (error) {
    return { value: { kind: "none", why: String(error) } };
  }
  const body = await bodyOf(response);
  const { status, statusText } = response;
  const value = {
    kind: "answer",
    status,
    statusText,
    headers: [...response.headers],
    body,
  } as const;
  return { value, transfer: body instanceof ArrayBuffer ? [body] : [] };
});

async function bodyOf(response: Response): Promise<ArrayBuffer | string> {
  try {
    if (response.ok) return await response.arrayBuffer();
    await response.body?.cancel();
    return new ArrayBuffer(0);
  } catch (error) {
    return String(error);
  }
}
