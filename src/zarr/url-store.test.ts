/** The web store against a real server: addresses, bytes and stopping. */
import { describe, expect, test } from "vitest";
import { type Answer, FILE, ranged, status, unranged, webFiles } from "../testing/web-files.ts";
import { UrlStore } from "./url-store.ts";

const web = webFiles();

describe("addresses", () => {
  test("keys are appended and percent-encoded; the query stays", async () => {
    web.asked.length = 0;
    await web.store("/data.zarr/?sig=a%2Fb&x=1#top").get("/tables/Zelle 1 ü?#%/zarr.json");
    await web.store("/mit%20luft.zarr").get("/0");
    expect(web.asked).toEqual([
      "/data.zarr/tables/Zelle%201%20%C3%BC%3F%23%25/zarr.json?sig=a%2Fb&x=1",
      "/mit%20luft.zarr/0",
    ]);
  });

  test("one with a % that means nothing is asked, and named as it is", async () => {
    web.answers.set("/100%.zarr/0", status(403));
    await expect(web.store("/100%.zarr").get("/0")).rejects.toMatchObject({
      tag: "denied",
      message: expect.stringContaining(`${web.origin}/100%.zarr/0`),
    });
  });

  test.each(["data.zarr", "ftp://host/data.zarr", ""])("“%s” is none", (url) => {
    expect(() => new UrlStore({ kind: "url", url })).toThrow(
      expect.objectContaining({ tag: "input" }),
    );
  });
});

describe("bytes", () => {
  test("of a whole file own their buffer", async () => {
    web.answers.set("/data.zarr/whole", ranged);
    const found = await web.store().get("/whole");
    expect(found).toEqual(FILE);
    expect(found?.buffer.byteLength).toBe(100);
  });

  test.each([
    ["a server that knows ranges", ranged],
    ["a server that answers with the whole file", unranged],
  ] satisfies [string, Answer][])("of a range, from %s", async (_name, answer) => {
    web.answers.set("/data.zarr/part", answer);
    const part = await web.store().getRange("/part", { offset: 10, length: 3 });
    const end = await web.store().getRange("/part", { suffixLength: 2 });
    expect([part, end]).toEqual([Uint8Array.of(10, 11, 12), Uint8Array.of(98, 99)]);
    expect(part?.buffer.byteLength).toBe(3);
  });
});

test("stopping closes the connection and rejects", async () => {
  const controller = new AbortController();
  const closed = new Promise<void>((resolve) => {
    web.answers.set("/data.zarr/0", (_request, response) => {
      response.on("close", resolve);
      controller.abort();
    });
  });
  await expect(web.store().get("/0", controller)).rejects.toMatchObject({ tag: "aborted" });
  await closed;
});
