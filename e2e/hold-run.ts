/** Stops runs in the middle, at a known ROI and for as long as a test wants. */
import type { BrowserContext } from "@playwright/test";
import { gate } from "../src/testing/gate.ts";
import { listening } from "../src/testing/listening.ts";

/**
 * Has the next run of a context's pages stand still when so many ROIs are in, its worker blocked in a request that is
 * not answered before `release` is called. To be called before pages are opened.
 * @param use what to do meanwhile; `reached` passes once a run stands still
 */
export async function holdingRuns(
  context: BrowserContext,
  rois: number,
  use: (reached: Promise<void>, release: () => void) => Promise<void>,
): Promise<void> {
  const [reached, released] = [gate(), gate()];
  const server = await listening(async (_, response) => {
    reached.open();
    await released.passed;
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end();
  });
  await context.addInitScript(patchWorkers, { rois, url: `${server.url}/` });
  try {
    await use(reached.passed, released.open);
  } finally {
    released.open();
    await server.close();
  }
}

/** In the page: the worker of a run is begun by a script that counts its news, and waits for the server at one of them. */
function patchWorkers({ rois, url }: { readonly rois: number; readonly url: string }): void {
  const patch = `
    let left = ${rois};
    const tell = self.postMessage.bind(self);
    self.postMessage = (message, options) => {
      tell(message, options);
      if (message.kind !== "retired" || --left !== 0) return;
      const request = new XMLHttpRequest();
      request.open("GET", ${JSON.stringify(url)}, false);
      request.send();
    };`;
  const script = (text: string): string =>
    URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  window.Worker = class extends Worker {
    constructor(from: string | URL, options?: WorkerOptions) {
      const address = new URL(from, location.href).href;
      const both = `import ${JSON.stringify(script(patch))}; import ${JSON.stringify(address)};`;
      super(address.includes("run.worker") ? script(both) : from, options);
    }
  };
}
