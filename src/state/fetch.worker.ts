/** Asks web addresses away from the page: what comes in takes the time of this thread, not of the one that draws. */
import { serve } from "../base/worker-serve.ts";
import { type Asking, isUnread } from "../zarr/unread.ts";

export interface FetchRequest extends Omit<Asking, "signal"> {
  readonly url: string;
}

export type FetchAnswer =
  /** There was none, or none that a page may read. */
  | { readonly kind: "none"; readonly why: string }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      /** Of an answer that is not read, nothing; why, of one that broke off. */
      readonly body: ArrayBuffer | string;
    };

serve<FetchRequest, FetchAnswer>(async ({ url, ...init }, { signal }) => {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal });
  } catch (error) {
    return { value: { kind: "none", why: String(error) } };
  }
  const body = await bodyOf(response, init.most);
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

async function bodyOf(response: Response, most?: number): Promise<ArrayBuffer | string> {
  try {
    if (!isUnread(response, most)) return await response.arrayBuffer();
    await response.body?.cancel();
    return new ArrayBuffer(0);
  } catch (error) {
    return String(error);
  }
}
