/** A web server over the entries of a memory store that counts what it is asked, for tests of what opening costs. */
import { decoded } from "../base/decoded.ts";
import type { MemorySpec } from "../zarr/memory-store.ts";
import { type Listening, listening } from "./listening.ts";

export interface CountingServer extends Listening {
  /** The keys asked for since the start, in order. */
  readonly asked: string[];
}

/** @param hold keys whose answer waits until what it returns is done */
export async function serve(
  { entries }: Pick<MemorySpec, "entries">,
  hold: (key: string) => Promise<void> | undefined = () => undefined,
): Promise<CountingServer> {
  const asked: string[] = [];
  const server = await listening(async (request, response) => {
    const key = decoded(request.url ?? "");
    asked.push(key);
    await hold(key);
    const bytes = entries.get(key);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  return { ...server, asked };
}
