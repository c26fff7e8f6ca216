/** Links as text: read back exactly, whatever is looked at; what cannot be read is told and the rest is taken. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { labelIdOf } from "../ome/label-id.ts";
import { FIRST_LOOK } from "./label-look.ts";
import { type Linked, linkedQuery, queryText, readLinked } from "./link.ts";

/** Nothing that is seen tells -0 from 0, and a query does not either: adding 0 makes them one. */
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const byte = fc.nat(255);
const maybe = <V>(arbitrary: fc.Arbitrary<V>) => fc.option(arbitrary, { nil: undefined });

const looks: fc.Arbitrary<Linked> = fc.record({
  image: maybe(fc.string({ unit: "grapheme" })),
  camera: maybe(
    fc.record(
      {
        x: finite,
        y: finite,
        worldPerPixel: fc.double({ min: 1e-300, noNaN: true, noDefaultInfinity: true }),
        well: fc.string({ unit: "grapheme" }),
      },
      { requiredKeys: ["x", "y", "worldPerPixel"] },
    ),
  ),
  z: maybe(fc.nat()),
  maximum: maybe(
    fc.tuple(fc.nat(), fc.integer({ min: 1, max: 1000 })).map(([from, count]) => {
      return { from, to: from + count };
    }),
  ),
  t: maybe(fc.nat()),
  channels: maybe(
    fc.array(
      fc.record({
        index: fc.nat(),
        color: fc.tuple(byte, byte, byte),
        window: maybe(fc.tuple(finite, finite)),
        gamma: fc.double({ min: 1e-3, max: 10, noNaN: true }),
        lut: maybe(fc.string({ unit: "grapheme", minLength: 1 })),
      }),
    ),
  ),
  labels: maybe(
    fc.array(
      fc.record({
        name: fc.string({ unit: "grapheme", minLength: 1 }),
        opacity: fc
          .double({ min: 0, max: 1, noNaN: true })
          .filter((value) => !Object.is(value, -0)),
        style: fc.constantFrom("fill", "outline", "both"),
        width: fc.integer({ min: 1, max: 4 }),
        color: maybe(
          fc.record({
            table: fc.string({ unit: "grapheme" }),
            column: fc.string({ unit: "grapheme", minLength: 1 }),
            ends: maybe(fc.tuple(finite, finite)),
          }),
        ),
      }),
    ),
  ),
  object: maybe(
    fc.record({
      label: fc.string({ unit: "grapheme", minLength: 1 }),
      id: fc
        .bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })
        .filter((id) => id !== 0n)
        .map(labelIdOf),
    }),
  ),
  rois: maybe(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 })),
  list: maybe(
    fc
      .record({
        features: maybe(fc.string({ unit: "grapheme", minLength: 1 })),
        find: maybe(fc.string({ unit: "grapheme", minLength: 1 })),
        sort: maybe(
          fc.record({
            column: fc.string({ unit: "grapheme", minLength: 1 }),
            descending: fc.boolean(),
          }),
        ),
        color: maybe(
          fc.record({
            column: fc.string({ unit: "grapheme", minLength: 1 }),
            ends: maybe(fc.tuple(finite, finite)),
          }),
        ),
      })
      .filter((list) => Object.values(list).some((part) => part !== undefined)),
  ),
  panes: maybe(fc.subarray(["sides" as const, "space" as const])),
  orbit: maybe(
    fc.record({
      x: finite,
      y: finite,
      z: finite,
      worldPerPixel: fc.double({ min: 1e-300, noNaN: true, noDefaultInfinity: true }),
      tilt: finite,
      turn: finite,
      stretch: fc.double({ min: 1e-300, noNaN: true, noDefaultInfinity: true }),
    }),
  ),
  over: maybe(fc.subarray(["fovs" as const, "labels" as const])),
  conditions: maybe(
    fc.record({
      table: maybe(fc.string({ unit: "grapheme", minLength: 1 })),
      column: maybe(fc.string({ unit: "grapheme" })),
      only: maybe(fc.string({ unit: "grapheme", minLength: 1 })),
    }),
  ),
  crosshair: maybe(fc.record({ x: finite, y: finite })),
});

test("whatever is looked at is read back exactly from the address it is written to", () => {
  fc.assert(
    fc.property(looks, (linked) => {
      const address = new URL(`https://fovea.example/?${queryText(linkedQuery(linked))}`);
      const read = readLinked(address.searchParams);
      expect(read.problems).toEqual([]);
      expect(read.linked).toEqual(linked);
    }),
  );
});

test("reads like an address", () => {
  const linked: Linked = {
    camera: { x: 12.5, y: 40, worldPerPixel: 0.325 },
    z: 3,
    maximum: { from: 2, to: 10 },
    channels: [
      { index: 0, color: [46, 155, 255], window: [150, 1400], gamma: 1, lut: undefined },
      { index: 2, color: [255, 0, 146], window: undefined, gamma: 0.8, lut: "viridis" },
    ],
    labels: [
      { ...FIRST_LOOK, name: "nuclei" },
      {
        name: "cells 2",
        opacity: 0.8,
        style: "outline",
        width: 2,
        color: { table: "features", column: "area", ends: [10, 80.5] },
      },
    ],
    object: { label: "cells 2", id: 2n ** 60n },
    rois: ["FOV 1 & 2", "b"],
    list: {
      features: "cells",
      find: "area > 9",
      sort: { column: "area", descending: true },
      color: { column: "area", ends: [10, 80.5] },
    },
  };
  const query = new URLSearchParams({ source: "https://a.example/b.zarr" });
  for (const [name, value] of linkedQuery(linked)) query.append(name, value);
  expect(queryText(query)).toBe(
    "source=https://a.example/b.zarr&at=12.5,40&scale=0.325&z=3&maximum=2,9" +
      "&channels=0:2e9bff:150:1400,2:ff0092:g0.8:lviridis&label=nuclei,cells%25202:o0.8:soutline:w2:cfeatures/area:r10..80.5&object=cells+2/1152921504606846976&roi=FOV+1+%26+2&roi=b" +
      "&features=cells&find=area+%3E+9&sort=down:area&color=area:r10..80.5",
  );
  expect(queryText(new URLSearchParams({ demo: "", z: "0" }))).toBe("demo&z=0");
});

test.each([
  ["at=1", "at"],
  ["at=1,x&scale=2", "at"],
  ["scale=0", "scale"],
  ["z=-1", "z"],
  ["z=1.5", "z"],
  ["maximum=5,4", "maximum"],
  ["maximum=3", "maximum"],
  ["t=", "t"],
  ["channels=0:red", "channels"],
  ["channels=0:ff0000:1", "channels"],
  ["channels=0:ff0000:1:2:3", "channels"],
  ["channels=0:ff0000,,", "channels"],
  ["channels=0:ff0000:g0", "channels"],
  ["object=nuclei", "object"],
  ["object=/5", "object"],
  ["object=nuclei/0", "object"],
  ["features=", "features"],
  ["sort=area", "sort"],
  ["sort=up:", "sort"],
  ["color=:r1..2", "color"],
  ["color=area:r1", "color"],
  ["color=area:r1..x", "color"],
])("%s is told, and the rest of the link is taken", (text, name) => {
  const { linked, problems } = readLinked(new URLSearchParams(`${text}&label=nuclei`));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`"${name}=`);
  expect(linked).toEqual({ labels: [{ ...FIRST_LOOK, name: "nuclei" }] });
});

test.each([
  "label=:o1",
  "label=a:o2",
  "label=a:w9",
  "label=a:sdots",
  "label=a:cb",
  "label=a:cb/c:r1",
  "label=a,",
])("%s is told", (text) => {
  const { linked, problems } = readLinked(new URLSearchParams(text));
  expect(problems).toHaveLength(1);
  expect(linked.labels).toBeUndefined();
});

test("no label is none drawn", () => {
  expect(readLinked(new URLSearchParams("label=")).linked.labels).toEqual([]);
});
