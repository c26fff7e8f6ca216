/** The description of a PNG is read back by another program's code, and its pixels stay. */
import { decode, encode } from "fast-png";
import { expect, test } from "vitest";
import { withText } from "./png-text.ts";

test("a description is read back, and the pixels stay", async () => {
  const data = Uint8Array.from([1, 2, 3, 250, 251, 252]);
  const pixels = Uint8Array.from(encode({ width: 2, height: 1, data, channels: 3 }));
  const png = new Blob([pixels], { type: "image/png" });
  const made = await withText(png, "A/1 é 细");
  const read = decode(await made.arrayBuffer(), { checkCrc: true });
  expect(read.text).toEqual({ Description: "A/1 é ?" });
  expect([...read.data]).toEqual([...data]);
  expect(made.type).toBe("image/png");
});
