/** What the web store asks its server again, how often, and what it says when that was for nothing. */
import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { Fault } from "../base/fault.ts";
import { type Answer, FILE, ranged, status, webFiles } from "../testing/web-files.ts";
import type { Key } from "./store.ts";

const web = webFiles();

describe("what may pass", () => {
  /** Answers as said, one after the other, then as a server that knows ranges. */
  const failing = (...failures: readonly Answer[]): void => {
    const left = [...failures];
    web.answers.set("/data.zarr/0", (request, response) => {
      // A connection that broke is looked into with a request of its own.
      const answer = request.method === "HEAD" ? ranged : (left.shift() ?? ranged);
      answer(request, response);
    });
  };

  test("is asked again until it is answered, as often as the server says", async () => {
    failing(
      status(503),
      (_request, response) => response.destroy(),
      (_request, response) => response.writeHead(429, { "retry-after": "2" }).end(),
    );
    const pauses: number[] = [];
    const patient = web.store("/data.zarr", { pause: async (ms) => void pauses.push(ms) });
    web.asked.length = 0;
    expect(await patient.get("/0")).toEqual(FILE);
    expect(web.asked).toHaveLength(5);
    expect(pauses).toHaveLength(3);
    expect(pauses[2]).toBeGreaterThanOrEqual(2000);
  });

  /** Hurries that are told one by one, as by clicks. */
  const hurries = () => {
    let now = new AbortController();
    return {
      hurry: () => now.signal,
      tell: () => {
        now.abort();
        now = new AbortController();
      },
    };
  };

  test("what keeps one waiting is asked again at once whenever there is hurry, and who waits gets that answer", async () => {
    const { hurry, tell } = hurries();
    failing(tell, tell, tell, tell, tell);
    const pauses: number[] = [];
    const trouble: string[] = [];
    const store = web.store("/data.zarr", {
      hurry,
      pause: async (ms) => void pauses.push(ms),
      onTrouble: () => {
        trouble.push("waits");
        return () => {};
      },
    });
    web.asked.length = 0;
    expect(await store.get("/0")).toEqual(FILE);
    expect(web.asked).toHaveLength(6);
    expect([pauses, trouble]).toEqual([[], []]);
  });

  test("hurry is heard also while it is asked whether the server is there", async () => {
    const { hurry, tell } = hurries();
    const left = [(response: ServerResponse) => response.destroy()];
    web.answers.set("/data.zarr/0", (request, response) => {
      if (request.method === "HEAD") tell();
      else (left.shift() ?? ((to) => ranged(request, to)))(response);
    });
    expect(await web.store("/data.zarr", { hurry }).get("/0")).toEqual(FILE);
  });

  test("whether the server is there is asked once for all that fails within a few seconds", async () => {
    const keys = Array.from({ length: 12 }, (_, i): Key => `/${i}`);
    for (const key of keys)
      web.answers.set(`/data.zarr${key}`, ({ method }, response) => {
        if (method === "HEAD") response.end();
        else response.destroy();
      });
    const store = web.store();
    await store.get("/none");
    web.ways.length = 0;
    const outcomes = await Promise.allSettled(keys.map((key) => store.get(key)));
    expect(outcomes.map((one) => one.status === "rejected" && one.reason)).toMatchObject(
      keys.map((key) => ({ tag: "offline", where: `${web.origin}/data.zarr${key}` })),
    );
    expect(web.ways.filter((way) => way === "HEAD")).toHaveLength(1);
  });

  test("what a worker that broke down did not bring is asked of the next one", async () => {
    web.answers.set("/data.zarr/0", ranged);
    const broken = [new Fault("crashed", "A background worker broke down")];
    const store = web.store("/data.zarr", {
      fetch: async (url, init) => {
        const fault = broken.pop();
        if (fault) throw fault;
        return fetch(url, init);
      },
    });
    expect(await store.get("/0")).toEqual(FILE);
  });

  test("an answer that always breaks off is told with the file's name", async () => {
    const cut: Answer = ({ method }, response) => {
      if (method === "HEAD") response.end();
      else
        response
          .writeHead(200, { "content-length": 100 })
          .write(FILE.subarray(50), () => response.destroy());
    };
    web.answers.set("/data.zarr/0", cut);
    await expect(web.store().get("/0")).rejects.toMatchObject({
      tag: "offline",
      message: `The connection broke off before all of ${web.origin}/data.zarr/0 was there`,
    });
  });

  test("is asked four times at most; what will not pass, once", async () => {
    for (const [code, times] of [
      [500, 4],
      [400, 1],
      [403, 1],
    ] as const) {
      web.answers.set("/data.zarr/0", status(code));
      web.asked.length = 0;
      await expect(web.store().get("/0")).rejects.toBeInstanceOf(Fault);
      expect(web.asked).toHaveLength(times);
    }
  });
});
