/** The checksum against its published check value. */
import { expect, test } from "vitest";
import { crc32c, withChecksum, withoutChecksum } from "./crc32c.ts";

const digits = new TextEncoder().encode("123456789");

test("the check value of RFC 3720's polynomial", () => {
  expect(crc32c(digits)).toBe(0xe3069283);
});

test("a checksum is put behind the bytes, and taken off where it agrees", () => {
  const bytes = withChecksum(digits);
  expect([...bytes.slice(9)]).toEqual([0x83, 0x92, 0x06, 0xe3]);
  expect([...withoutChecksum(bytes)]).toEqual([...digits]);
  bytes[0] = 0;
  expect(() => withoutChecksum(bytes)).toThrow(RangeError);
  expect(() => withoutChecksum(new Uint8Array(3))).toThrow(RangeError);
});
