/** A number that is typed stays typed while what is under it changes, and is for the ROIs it was typed for alone. */
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import type { Quantity } from "../../editor/quantity.ts";
import type { Selection } from "../../editor/selection.ts";
import { QuantityField } from "./quantity-field.tsx";

const ONE: Selection = new Set([1]);
const OTHER: Selection = new Set([2]);

let root: Root;
let parent: HTMLElement;
let changes: Quantity[];

beforeEach(() => {
  parent = document.createElement("div");
  document.body.append(parent);
  root = createRoot(parent);
  changes = [];
});

afterEach(() => {
  root.unmount();
  parent.remove();
});

function show(of: Selection, value: number): HTMLInputElement {
  flushSync(() =>
    root.render(
      <QuantityField
        of={of}
        label="x"
        value={value}
        unit="micrometer"
        voxels=""
        step={1}
        disabled={false}
        onChange={(quantity) => changes.push(quantity)}
      />,
    ),
  );
  const input = parent.querySelector("input");
  if (!input) throw new Error("There is no field");
  return input;
}

test("shows the number of the ROIs as soon as they are others", () => {
  expect(show(ONE, 140).value).toBe("140");
  expect(show(OTHER, 150).value).toBe("150");
});

test("what is typed outlasts a number that comes late, and is applied by Enter", async () => {
  const input = show(ONE, 140);
  await userEvent.fill(input, "130 px");
  expect(show(ONE, 150).value).toBe("130 px");
  await userEvent.keyboard("{Enter}");
  expect(changes).toEqual([{ action: "set", value: 130, unit: "voxel" }]);
  expect(input.value).toBe("150");
});

test("what is no number says so and is not for other ROIs", async () => {
  const input = show(ONE, 140);
  await userEvent.fill(input, "far");
  await userEvent.keyboard("{Enter}");
  expect([changes, input.value, parent.querySelectorAll('[role="alert"]').length]).toEqual([
    [],
    "far",
    1,
  ]);
  expect(show(OTHER, 150).value).toBe("150");
  expect(parent.querySelectorAll('[role="alert"]').length).toBe(0);
});
