/** Which presses ask for a menu. */
import { beforeEach, expect, test } from "vitest";
import { MenuPress } from "./menu-press.ts";

let opened: PointerEvent[];
let press: MenuPress;

beforeEach(() => {
  opened = [];
  press = new MenuPress((event) => opened.push(event));
});

const event = (type: string, init: PointerEventInit): PointerEvent =>
  new PointerEvent(type, { pointerType: "mouse", clientX: 50, clientY: 50, ...init });

test("the right button does, unless it drags", () => {
  press.down(event("pointerdown", { button: 2 }));
  press.move(event("pointermove", { clientX: 80 }));
  press.up(event("pointerup", { button: 2 }));
  expect(opened).toEqual([]);
  const down = event("pointerdown", { button: 2 });
  press.down(down);
  // Some systems tell of their own menu with the press, others with its end.
  press.asked();
  expect(opened).toEqual([]);
  const up = event("pointerup", { button: 2 });
  press.up(up);
  press.asked();
  expect(opened).toEqual([up]);
});

test("the left button with Ctrl does where the browser would open its own menu, as on macOS", () => {
  const withCtrl = event("pointerdown", { button: 0, ctrlKey: true });
  press.down(withCtrl);
  press.up(event("pointerup", { button: 0, ctrlKey: true }));
  press.asked();
  press.down(event("pointerdown", { button: 0 }));
  press.asked();
  expect(opened).toEqual([]);
  press.down(withCtrl);
  press.asked();
  press.up(event("pointerup", { button: 0, ctrlKey: true }));
  expect(opened).toEqual([withCtrl]);
});
