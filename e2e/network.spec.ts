/** Servers that are busy, slow, silent or wrong, and a network that goes away: the picture goes on, one click asks again. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { sharded } from "./bench/sharded.ts";
import { pyramidOf } from "./bench/streaming-image.ts";
import { nucleiImage } from "./fixtures.ts";
import { servedPlate, whole } from "./served-plate.ts";
import { type ServerManners, serveEntries, type TestServer, type Trouble } from "./server.ts";

/** The chunk in the image's corner; nine of them are on screen. */
const CORNER = "0/0/0/0";

/** Four chunks of each of three channels. */
const SMALL = { height: 256, width: 256, chunk: [128, 128] as const, levels: 1, nuclei: 20 };

/** The one in the upper left of the first channel. */
const UPPER_LEFT = "0/0/0/0/0";

const LATE = { times: 2 };

/** How often a chunk is asked for by itself. */
const ALL = { times: 4 };

async function withImage(
  manners: ServerManners,
  page: Page,
  use: (server: TestServer, viewer: Locator, messages: Locator) => Promise<void>,
  entries?: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await using server = await serveEntries(entries ?? (await nucleiImage()), manners);
  await page.goto(`/?source=${server.url}`);
  const viewer = page.getByRole("region", { name: "Viewer" });
  await use(server, viewer, page.getByRole("log", { name: "Messages" }));
}

const corner = (trouble: Trouble) => ({ troubles: new Map([[CORNER, trouble]]) });

for (const kind of ["busy", "cut"] as const) {
  test(`${kind}: it is asked again by itself; then nothing is said any more`, async ({ page }) => {
    await withImage(corner({ kind, ...LATE }), page, async (server, viewer, messages) => {
      await expect(viewer.getByText("The server does not answer. Trying again…")).toBeVisible();
      await expect(viewer).toHaveAttribute("aria-busy", "false");
      await expect(viewer.getByText("Trying again")).toBeHidden();
      await expect(messages).toBeEmpty();
      expect(server.requests.filter((key) => key === CORNER)).toHaveLength(3);
    });
  });
}

const failures = [
  ["busy for long", { kind: "busy", ...ALL }, "503"],
  ["cut again and again", { kind: "cut", ...ALL }, "broke off"],
  ["not to be decoded", { kind: "spoiled", times: 1 }, "cannot be decoded"],
  ["stored by half", { kind: "short", times: 1 }, "cannot be decoded"],
] as const;
for (const [name, trouble, says] of failures) {
  test(`${name}: the chunk is named, the others are drawn, and one click brings it`, async ({
    page,
  }) => {
    await withImage(corner(trouble), page, async (server, viewer, messages) => {
      await expect(viewer.getByText("1 part could not be read")).toBeVisible();
      await expect(messages).toContainText(says);
      await expect(messages).toContainText(CORNER);
      await expect(messages).not.toContainText("times");
      // Their contrast is found from their pixels, and until then nothing of them is drawn.
      await expect(page.getByRole("button", { name: "channel 0" })).toHaveText(/\d–\d/);
      await viewer.getByRole("button", { name: "Try again" }).click();
      await expect(viewer.getByText("could not be read")).toBeHidden();
      await expect(viewer).toHaveAttribute("aria-busy", "false");
      await expect(messages).toBeEmpty();
      const others = server.requests.filter((key) => /^0\/0\/\d\/\d$/.test(key) && key !== CORNER);
      expect(others).toHaveLength(8);
    });
  });
}

test("of many chunks that cannot be read a few are named, and all are counted and asked for again", async ({
  page,
}) => {
  const image = await nucleiImage();
  const keys = [...image.keys()].map((key) => key.replace(/^\//, ""));
  const chunks = keys.filter((key) => /^0\/0\/\d\/\d$/.test(key));
  const troubles = new Map(chunks.map((key) => [key, { kind: "spoiled", times: 1 }] as const));
  await withImage({ troubles }, page, async (server, viewer, messages) => {
    await expect(viewer.getByText("9 parts could not be read")).toBeVisible();
    await expect(messages.getByText("cannot be decoded")).toHaveCount(3);
    await expect(messages).not.toContainText("times");
    await viewer.getByRole("button", { name: "Try again" }).click();
    await expect(viewer).toHaveAttribute("aria-busy", "false");
    await expect(viewer.getByText("could not be read")).toBeHidden();
    await expect(page.getByRole("button", { name: "channel 0" })).toHaveText(/\d–\d/);
    expect(server.requests.filter((key) => chunks.includes(key))).toHaveLength(18);
  });
});

test("a chunk of Blosc of which half is stored is marked, and no noise is drawn", async ({
  page,
}) => {
  const troubles = new Map([[UPPER_LEFT, { kind: "short" } as const]]);
  const image = await pyramidOf({ ...SMALL, format: 2 });
  await withImage(
    { troubles },
    page,
    async (_, viewer, messages) => {
      await expect(viewer.getByText("1 part could not be read")).toBeVisible();
      await expect(messages).toContainText(
        new RegExp(`it ends after \\d+ bytes and should have \\d+ \\(chunk ${UPPER_LEFT}\\)`),
      );
    },
    image,
  );
});

test("a server that says nothing is called slow, and one click asks anew", async ({ page }) => {
  await withImage(corner({ kind: "silent", times: 1 }), page, async (server, viewer) => {
    await expect(viewer.getByText("The server is slow.")).toBeVisible();
    await expect(viewer).toHaveAttribute("aria-busy", "true");
    // The others are drawn meanwhile.
    await expect(page.getByRole("button", { name: "channel 0" })).toHaveText(/\d–\d/);
    await viewer.getByRole("button", { name: "Try again" }).click();
    await expect(viewer).toHaveAttribute("aria-busy", "false");
    await expect(viewer.getByText("The server is slow.")).toBeHidden();
    expect(server.requests.filter((key) => key === CORNER)).toHaveLength(2);
  });
});

test("while a plate opens, a server that says nothing of its first well is called slow, and one click asks anew", async ({
  page,
}) => {
  const key = "B/03/.zattrs";
  const troubles = new Map([[key, { kind: "silent", times: 1 } as const]]);
  await using server = await servedPlate({ troubles });
  await page.goto(`/?source=${server.url}`);
  await expect(page.getByText("The server is slow. Its answer is still on")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await whole(page);
  expect(server.requests.filter((one) => one === key)).toHaveLength(2);
});

for (const key of [".zattrs", "0/.zarray"])
  test(`while it opens, a server that says nothing of ${key} is called slow, and one click asks anew`, async ({
    page,
  }) => {
    const troubles = new Map([[key, { kind: "silent", times: 1 } as const]]);
    await withImage({ troubles }, page, async (server, viewer) => {
      await expect(page.getByText("The server is slow. Its answer is still on")).toBeVisible();
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(viewer).toHaveAttribute("aria-busy", "false");
      expect(server.requests.filter((one) => one === key)).toHaveLength(2);
    });
  });

test("a server that refuses every chunk is not taken at its word that none is stored", async ({
  page,
}) => {
  const image = await nucleiImage();
  const withOnly = (...kept: string[]): ReadonlyMap<string, Uint8Array> =>
    new Map([...image].filter(([key]) => !/0\/0\/\d\/\d$/.test(key) || kept.includes(key)));
  const says = "The server gives none of the pixels asked for";
  await withImage(
    { missing: "403" },
    page,
    async (_, viewer) => {
      await expect(viewer.getByText(says)).toBeVisible();
      await expect(viewer.getByRole("button", { name: "Try again" })).toBeHidden();
    },
    withOnly(),
  );
  const corner = [...image.keys()].filter((key) => key.endsWith(CORNER));
  await withImage(
    { missing: "403" },
    page,
    async (_, viewer) => {
      await expect(page.getByRole("button", { name: "channel 0" })).toHaveText(/\d–\d/);
      await expect(viewer).toHaveAttribute("aria-busy", "false");
      await expect(viewer.getByText(says)).toBeHidden();
    },
    withOnly(...corner),
  );
});

test("a server that refuses all once a login has run out is not taken at its word either", async ({
  page,
}) => {
  const isChunk = (key: string): boolean => /^0\/0\/\d\/\d$/.test(key);
  let isBack = false;
  const hasAccess = (requests: readonly string[]): boolean =>
    isBack || requests.filter(isChunk).length <= 4;
  await withImage({ hasAccess }, page, async (server, viewer, messages) => {
    await expect(viewer.getByText("5 parts could not be read")).toBeVisible();
    const says = "the link or the login may have run out";
    await expect(messages.getByText(says)).toHaveCount(1);
    await expect(messages).not.toContainText("times");
    isBack = true;
    await viewer.getByRole("button", { name: "Try again" }).click();
    await expect(viewer.getByText("could not be read")).toBeHidden();
    await expect(viewer).toHaveAttribute("aria-busy", "false");
    await expect(messages.getByText(says)).toBeHidden();
    expect(server.requests.filter(isChunk)).toHaveLength(14);
  });
});

test("what leaves the view is given up at once, though the next frame is kept waiting", async ({
  page,
}) => {
  const image = await pyramidOf({ ...SMALL, format: 2 });
  const manners: ServerManners = { troubles: new Map([[UPPER_LEFT, { kind: "silent" }]]) };
  await withImage(
    manners,
    page,
    async (_, viewer) => {
      await expect(viewer.getByText("The server is slow.")).toBeVisible();
      const box = await viewer.boundingBox();
      if (!box) throw new Error("The viewer has no place");
      await page.evaluate(() => {
        window.requestAnimationFrame = () => 0;
      });
      const givenUp = page.waitForEvent("requestfailed", (request) =>
        request.url().endsWith(UPPER_LEFT),
      );
      await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.6 * box.height);
      for (let i = 0; i < 12; i++) await page.mouse.wheel(0, -200);
      expect((await givenUp).failure()?.errorText).toBe("net::ERR_ABORTED");
    },
    image,
  );
});

test("what does not come while the network is away comes by itself when it is back", async ({
  page,
  context,
}) => {
  await withImage(corner({ kind: "silent", times: 1 }), page, async (server, viewer) => {
    await expect.poll(() => server.requests.filter((key) => key === CORNER)).toHaveLength(1);
    await context.setOffline(true);
    await expect(viewer.getByText("You are offline.")).toBeVisible();
    await context.setOffline(false);
    await expect(viewer.getByText("You are offline.")).toBeHidden();
    await expect(viewer).toHaveAttribute("aria-busy", "false");
  });
});

test("another part of a shard than was asked for is told with the shard's name", async ({
  page,
}) => {
  await withImage(
    { ranges: "wrong" },
    page,
    async (_, viewer, messages) => {
      await expect(viewer.getByRole("button", { name: "Try again" })).toBeVisible();
      await expect(messages).toContainText(/another part of \S+\/0\/c\/0\/0\/0\/0 than/);
    },
    await smallShards(),
  );
});

test("a server that sends whole shards instead of parts is understood", async ({ page }) => {
  await withImage(
    { ranges: "unknown" },
    page,
    async (_, viewer, messages) => {
      await expect(viewer).toHaveAttribute("aria-busy", "false");
      await expect(messages).toBeEmpty();
      await expect(viewer.getByText("could not be read")).toBeHidden();
    },
    await smallShards(),
  );
});

test("a server that sends a whole large shard is told of, and no more of it is fetched", async ({
  page,
}) => {
  const troubles = new Map([["0/c/0/0/0/0", { kind: "endless" } as const]]);
  await withImage(
    { troubles },
    page,
    async (server, viewer, messages) => {
      await expect(messages).toContainText(/gives whole files only, and \S+\/0\/c\/0\/0\/0\/0 is/);
      await expect(viewer).toHaveAttribute("aria-busy", "false");
      expect(server.requests.filter((key) => troubles.has(key))).toHaveLength(2);
    },
    await smallShards(),
  );
});

test("a server whose owner let pages of other sites read files, and send no headers, is read", async ({
  page,
}) => {
  await withImage(
    { preflight: "refused" },
    page,
    async (_, viewer, messages) => {
      await expect(page.getByRole("button", { name: "channel 0" })).toHaveText(/\d–\d/);
      await expect(viewer).toHaveAttribute("aria-busy", "false");
      await expect(messages).toBeEmpty();
      await expect(viewer.getByText("could not be read")).toBeHidden();
    },
    await smallShards(),
  );
});

/** One level in a shard per channel. */
async function smallShards(): Promise<ReadonlyMap<string, Uint8Array>> {
  return sharded(await pyramidOf({ ...SMALL, format: 3 }));
}
