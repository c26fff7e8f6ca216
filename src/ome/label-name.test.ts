/** Names a label may have. */
import { expect, test } from "vitest";
import { nameProblem } from "./label-name.ts";

test.each(["nuclei", "nuclei 2", "Zellen-ü", "a.b", "_mine"])("%j is a name", (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test.each([
  "",
  "  ",
  "a/b",
  "a:b",
  "a\\b",
  "nuclei ",
  " nuclei",
  "nuclei~",
  "nuclei.",
  ".zattrs",
  "..",
  "zarr.json",
  "__x",
  "_ngio_stitch",
  "con",
  "LPT1.old",
  "tab\there",
  "ä".repeat(101),
])("%j is none", (name) => {
  expect(nameProblem(name)).toMatch(/^(A label|The name)/);
});
