/** A web server of this machine, on a port that was free: for tests of what is asked over the network. */
import { createServer, type RequestListener } from "node:http";

/** Closed where its scope ends, if it is taken with `await using`. */
export interface Listening extends AsyncDisposable {
  /** "http://127.0.0.1:4321". */
  readonly url: string;
  /** Hangs up on whoever still waits. */
  close(): Promise<void>;
}

export async function listening(answer: RequestListener): Promise<Listening> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close };
}
