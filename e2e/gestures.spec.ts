/** What a hand does to ROIs with the pointer, on a flat plate and on a stack with its side panes. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { XZ } from "../src/editor/pane.ts";
import { type Camera, fitRect } from "../src/scene/camera.ts";
import { canvasFromWorld } from "../src/scene/camera-moves.ts";
import { paneFromWorld, paneView } from "../src/scene/pane-view.ts";
import { rois, viewer } from "./page.ts";
import { serveEntries } from "./server.ts";
import { STACK, stackImage } from "./stack-image.ts";

const undo = (page: Page) => page.getByRole("button", { name: "Undo" });

/** The numbers of the selected ROI. */
async function numbers(page: Page, ...names: readonly string[]): Promise<string[]> {
  const fields = names.map((name) => page.getByRole("textbox", { name, exact: true }));
  return Promise.all(fields.map((field) => field.inputValue()));
}

async function drag(page: Page, from: Place, to: Place): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
}

type Place = readonly [x: number, y: number];

interface Placed {
  readonly camera: Camera;
  readonly left: number;
  readonly top: number;
  readonly size: { readonly width: number; readonly height: number };
}

/** Where the main pane is, and how it shows a whole image of so many world units. */
async function fitted(hand: Locator, width: number, height: number): Promise<Placed> {
  const box = await hand.boundingBox();
  if (!box) throw new Error("The pane is not there");
  const size = { width: box.width, height: box.height };
  return { camera: fitRect([0, 0, width, height], size), left: box.x, top: box.y, size };
}

function onScreen({ camera, left, top, size }: Placed, x: number, y: number): Place {
  const at = canvasFromWorld(camera, size, { x, y });
  return [left + at.x, top + at.y];
}

const [DEPTH, HEIGHT, WIDTH] = [STACK[0], STACK[1] / 2, STACK[2] / 2];

async function withStack(page: Page, run: (main: Placed) => Promise<void>): Promise<void> {
  const server = await serveEntries(await stackImage());
  try {
    await page.goto(`/?source=${server.url}`);
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
    await expect(viewer(page)).toHaveAttribute("aria-busy", "false");
    await run(await fitted(viewer(page).locator(".hand").first(), WIDTH, HEIGHT));
  } finally {
    await server.close();
  }
}

test("an ROI is drawn by a drag and nudged by keys, and undo takes all of it back", async ({
  page,
}) => {
  await page.goto("/?demo");
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  const box = await viewer(page).locator(".hand").first().boundingBox();
  if (!box) throw new Error("The viewer is not there");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.keyboard.press("r");
  await drag(page, [x - 40, y - 30], [x + 31, y + 47]);
  await page.mouse.up();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "6");
  const number = async (name: string): Promise<number> => Number((await numbers(page, name))[0]);
  const [x0, length] = [await number("x"), await number("len_x")];
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => number("x")).toBeGreaterThan(x0);
  const voxel = (await number("x")) - x0;
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => number("x")).toBeCloseTo(x0 + 11 * voxel);
  await page.keyboard.press("Control+ArrowRight");
  await page.keyboard.press("Control+Shift+ArrowRight");
  await expect.poll(() => number("len_x")).toBeCloseTo(length + 11 * voxel);
  await page.keyboard.press("Alt+ArrowRight");
  await expect.poll(() => number("x")).toBeCloseTo(x0 + 12 * voxel);
  expect(await number("len_x")).toBeCloseTo(length + 10 * voxel);
  while (await undo(page).isEnabled()) await undo(page).click();
  await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
  await expect(page.getByText("not saved")).toHaveCount(0);
});

test("Shift and a drag select what lies whole in a box, and Escape lets go of it", async ({
  page,
}) => {
  await withStack(page, async (main) => {
    const rectangle = page.locator(".drag-marks .rectangle");
    const around = async (x: number, y: number): Promise<void> => {
      await page.keyboard.down("Shift");
      await drag(page, onScreen(main, 40, 20), onScreen(main, x, y));
      await expect(rectangle).toBeVisible();
    };
    await around(90, 90);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await expect(rectangle).toHaveCount(0);
    await expect(rois(page).locator('[aria-selected="true"]')).toHaveCount(0);

    await around(90, 90);
    await page.mouse.up();
    await page.keyboard.up("Shift");
    const selected = rois(page).locator('[role="row"][aria-selected="true"]');
    await expect(selected).toHaveCount(1);
    await expect(selected).toContainText("cell_1");
    await expect(undo(page)).toBeDisabled();
  });
});

test("two clicks with the wheel between them make a box through planes; Escape leaves none", async ({
  page,
}) => {
  await withStack(page, async (main) => {
    await page.keyboard.press("r");
    await page.mouse.click(...onScreen(main, 150, 20));
    await page.mouse.move(...onScreen(main, 170, 50));
    await page.mouse.wheel(0, -100);
    await page.mouse.wheel(0, -100);
    await expect(page.getByRole("slider", { name: "z" })).toHaveValue("11");
    await expect(page.getByText("z 10–12 (3 planes")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");

    await page.mouse.click(...onScreen(main, 150, 20));
    await page.mouse.move(...onScreen(main, 170, 50));
    await page.mouse.wheel(0, 100);
    await page.mouse.click(...onScreen(main, 170, 50));
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "5");
    await expect
      .poll(() => numbers(page, "z", "len_z", "x", "len_y"))
      .toEqual(["10", "2", "150", "30"]);
  });
});

test("the middle button pans, and does not paste what another program has marked", async ({
  page,
}) => {
  await withStack(page, async (main) => {
    const [x, y] = onScreen(main, 150, 20);
    await page.mouse.move(x, y);
    await page.mouse.down({ button: "middle" });
    await page.mouse.move(x + 30, y + 20);
    await page.mouse.move(x + 60, y + 40);
    await page.mouse.up({ button: "middle" });
    const [toX, toY] = onScreen(main, 65, 50);
    await page.mouse.click(toX + 60, toY + 40);
    const selected = rois(page).locator('[role="row"][aria-selected="true"]');
    await expect(selected).toContainText("cell_1");
    await expect(page.getByRole("log", { name: "Messages" })).toBeEmpty();
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "4");
  });
});

test("a drag that the platform takes away puts the ROI back", async ({ page }) => {
  await withStack(page, async (main) => {
    await rois(page).getByText("cell_1", { exact: true }).click();
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchCancel", at?: Place) =>
      devtools.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: at ? [{ x: at[0], y: at[1] }] : [],
      });
    await touch("touchStart", onScreen(main, 65, 50));
    await touch("touchMove", onScreen(main, 80, 60));
    await touch("touchMove", onScreen(main, 95, 70));
    await expect.poll(() => numbers(page, "x", "y")).not.toEqual(["55", "40"]);
    await touch("touchCancel");
    await expect.poll(() => numbers(page, "x", "y")).toEqual(["55", "40"]);
    await expect(undo(page)).toBeDisabled();
  });
});

test("what is deleted can be taken back where it is told, until something else is done", async ({
  page,
}) => {
  await withStack(page, async () => {
    const told = page.getByRole("log", { name: "Messages" });
    await rois(page).getByText("cell_1", { exact: true }).click();
    await page.keyboard.press("Delete");
    await expect(told).toContainText("Deleted cell_1");
    const selected = rois(page).locator('[role="row"][aria-selected="true"]');
    await expect(selected).toContainText("cell_2");
    await page.keyboard.press("Delete");
    await expect(told).toContainText("Deleted cell_2");
    await expect(told).not.toContainText("cell_1");
    await told.getByRole("button", { name: "Undo" }).click();
    await expect(told).toBeEmpty();
    await expect(selected).toContainText("cell_2");

    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await expect(rois(page)).toHaveAttribute("aria-rowcount", "1");
    await expect(told).toContainText("Deleted 2 ROIs");
    await page.keyboard.press("Control+z");
    await expect(told).toBeEmpty();
    await expect(selected).toHaveCount(2);
  });
});

test("an edge snaps to its neighbour and says so, and stops at the wall", async ({ page }) => {
  await withStack(page, async (main) => {
    await rois(page).getByText("cell_1", { exact: true }).click();
    const edge = onScreen(main, 75, 50);
    await page.mouse.move(...edge);
    const cursor = viewer(page).locator(".hand").first();
    await expect(cursor).toHaveCSS("cursor", "ew-resize");
    const near = onScreen(main, 106, 50);
    await drag(page, edge, [near[0] - 5, near[1]]);
    await expect(viewer(page).getByText("cell_2 left")).toBeVisible();
    await page.mouse.up();
    await expect.poll(() => numbers(page, "x", "len_x")).toEqual(["55", "51"]);

    await drag(page, onScreen(main, 106, 50), [main.left + main.size.width - 30, edge[1]]);
    await expect(viewer(page).getByText("image border")).toBeVisible();
    await page.mouse.up();
    await expect.poll(() => numbers(page, "x", "len_x")).toEqual(["55", "145"]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(() => numbers(page, "x", "len_x")).toEqual(["55", "20"]);
    await expect(undo(page)).toBeDisabled();
  });
});

test("a click moves the crosshair in all panes, and Shift with the wheel looks closer along z", async ({
  page,
}) => {
  await withStack(page, async () => {
    await page.keyboard.press("x");
    const xz = page.getByRole("region", { name: "XZ pane" });
    await expect(xz).toBeVisible();
    await page.getByRole("button", { name: "Fit image" }).click();
    const main = await fitted(viewer(page).locator(".hand").first(), WIDTH, HEIGHT);
    await page.mouse.move(...onScreen(main, 150, 20));
    const status = page.getByRole("region", { name: "Under the pointer" });
    await expect(status).toContainText("move the crosshair");
    await page.mouse.click(...onScreen(main, 150, 20));
    await expect(xz).toContainText(/y (19\.[89]|20\.)/);
    await expect(page.getByRole("region", { name: "YZ pane" })).toContainText(
      /x (149\.[89]|150\.)/,
    );

    const box = await xz.locator(".hand").boundingBox();
    if (!box) throw new Error("The pane is not there");
    const depthAt = async (y: number): Promise<number> => {
      await page.mouse.move(box.x + 200, y);
      await expect(status).toContainText(/x [\d.]+ z [\d.]+.*channel 0 \d+/);
      return Number(/ z ([\d.]+)/.exec((await status.textContent()) ?? "")?.[1]);
    };
    const middle = box.y + box.height / 2;
    const [far, near] = [await depthAt(middle + 40), await depthAt(middle)];
    await page.keyboard.down("Shift");
    for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -100);
    await page.keyboard.up("Shift");
    await expect.poll(() => depthAt(middle + 40)).toBeCloseTo(near + (far - near) / 1.25 ** 3, 1);
    expect(await depthAt(middle)).toBeCloseTo(near, 1);
  });
});

test("a face is dragged through z in a side pane, and a click there moves the crosshair", async ({
  page,
}) => {
  await withStack(page, async () => {
    await page.keyboard.press("x");
    const pane = page.getByRole("region", { name: "XZ pane" });
    await rois(page).getByText("cell_1", { exact: true }).click();
    await expect(pane).toContainText("y 50.00");
    await page.getByRole("button", { name: "Fit image" }).click();
    const main = await fitted(viewer(page).locator(".hand").first(), WIDTH, HEIGHT);
    const box = await pane.locator(".hand").boundingBox();
    if (!box) throw new Error("The pane is not there");
    const view = paneView(XZ, main.camera, { width: box.width, height: box.height }, DEPTH);
    const at = (x: number, z: number): Place => {
      const place = paneFromWorld(view, { x, y: z });
      return [box.x + place.x, box.y + place.y];
    };
    await page.mouse.move(...at(65, 10));
    await expect(pane.locator(".hand")).toHaveCSS("cursor", "ns-resize");
    await drag(page, at(65, 10), at(65, 14.2));
    await expect(pane.getByText("z 4–14 (11 planes")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["3", "7"]);

    await drag(page, at(65, 10), at(65, 14.2));
    await page.mouse.up();
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["3", "11"]);
    await drag(page, at(65, 3), at(65, -30));
    await page.mouse.up();
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["0", "14"]);

    // A corner moves in x as well, and a body in both, as far as the image goes.
    await drag(page, at(75, 14), at(85, 9));
    await page.mouse.up();
    await expect
      .poll(() => numbers(page, "x", "len_x", "z", "len_z"))
      .toEqual(["55", "30", "0", "9"]);
    await drag(page, at(70, 6), at(70, 40));
    await page.mouse.up();
    await expect
      .poll(() => numbers(page, "x", "len_x", "z", "len_z"))
      .toEqual(["55", "30", "11", "9"]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");

    await page.mouse.click(...at(130, 17.5));
    await expect(page.getByRole("slider", { name: "z" })).toHaveValue("17");
    await expect(page.getByRole("region", { name: "YZ pane" })).toContainText(/x 1(29|30)\./);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(() => numbers(page, "z", "len_z")).toEqual(["3", "7"]);
    await expect(undo(page)).toBeDisabled();

    await page.reload();
    await expect(pane).toBeVisible();
  });
});
