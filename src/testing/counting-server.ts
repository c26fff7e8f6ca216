/** A web server over the entries of a memory store that counts what it is asked, for tests of what opening costs. */
import { createServer } from "node:http";
import type { MemorySpec } from "../zarr/memory-store.ts";

export interface CountingServer {
  readonly url: string;
  /** The keys asked for since the start, in order. */
  readonly asked: string[];
  close(): void;
}

/** @param hold keys whose answer waits until what it returns is done */
export async function serve(
  { entries }: Pick<MemorySpec, "entries">,
  hold: (key: string) => Promise<void> | undefined = () => undefined,
): Promise<CountingServer> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const key = decodeURIComponent(request.url ?? "");
    asked.push(key);
    await hold(key);
    const bytes = entries.get(key);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
