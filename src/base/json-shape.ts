/** What the JSON that Fovea keeps for itself must look like: a file is checked once where it is read, and is of its type then. */
import { Fault } from "./fault.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** Says what is wrong with a value, with its place ("recipe.level is no text"); undefined where it is a T. */
export interface Shape<T> {
  readonly problem: (value: Json | undefined, place: string) => string | undefined;
  /** Never there: it only tells the types of shapes apart. */
  readonly of?: T;
}

export const anyText: Shape<string> = shape("no text", (value) => typeof value === "string");
/** NaN and infinities too. */
export const anyNumber: Shape<number> = shape("no number", (value) => typeof value === "number");
export const anyFlag: Shape<boolean> = shape(
  "neither true nor false",
  (v) => typeof v === "boolean",
);
export const anyObject: Shape<JsonObject> = shape("no object", isJsonObject);

export function oneOf<const T extends string | number | boolean>(
  ...values: readonly T[]
): Shape<T> {
  const known: readonly Json[] = values;
  const listed = values.map((value) => JSON.stringify(value)).join(", ");
  return shape(`not ${listed}`, (value) => known.some((one) => one === value));
}

/** What may be left out. */
export function optional<T>(inner: Shape<T>): Shape<T> {
  return {
    problem: (value, place) => (value === undefined ? undefined : inner.problem(value, place)),
  };
}

/** @param length how many there are; any number unless said */
export function listOf<T>(each: Shape<T>, length?: number): Shape<readonly T[]> {
  return {
    problem: (value, place) => {
      if (!Array.isArray(value)) return `${place} is no list`;
      if (length !== undefined && value.length !== length)
        return `${place} has not ${length} elements`;
      for (let i = 0; i < value.length; i++) {
        const problem = each.problem(value[i], `${place}[${i}]`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/** An object whose fields, whatever they are called, are all alike. */
export function mapOf<T>(each: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    problem: (value, place) => {
      if (!isJsonObject(value)) return `${place || "It"} is no object`;
      for (const [name, one] of Object.entries(value)) {
        const problem = each.problem(one, place === "" ? name : `${place}.${name}`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/** An object with these fields, and others that nobody reads. */
export function objectOf<T>(fields: { readonly [Key in keyof T]-?: Shape<T[Key]> }): Shape<T> {
  const shapes: [string, Shape<unknown>][] = Object.entries(fields);
  return {
    problem: (value, place) => {
      if (!isJsonObject(value)) return `${place || "It"} is no object`;
      for (const [name, inner] of shapes) {
        const problem = inner.problem(value[name], place === "" ? name : `${place}.${name}`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/** One of several objects, told apart by their `kind`. */
export function byKind<T extends { readonly kind: string }>(
  shapes: {
    readonly [Kind in T["kind"]]: Shape<Omit<Extract<T, { readonly kind: Kind }>, "kind">>;
  },
): Shape<T> {
  const known: ReadonlyMap<Json | undefined, Shape<unknown>> = new Map(
    Object.entries<Shape<unknown>>(shapes),
  );
  return {
    problem: (value, place) => {
      const kind = isJsonObject(value) ? value["kind"] : undefined;
      const inner = known.get(kind);
      return inner ? inner.problem(value, place) : `${place || "It"} is of no kind that is known`;
    },
  };
}

/** The value, of its type. @throws Fault "invalid" that names the file and what is wrong with it */
export function shaped<T>(value: Json, inner: Shape<T>, file: string): T {
  const problem = inner.problem(value, "");
  if (problem !== undefined)
    throw new Fault("invalid", `The file ${file} is not as Fovea writes it: ${problem}`, {
      where: file,
    });
  // The one place where the types are told what was just found out.
  return value as unknown as T;
}

function shape<T>(not: string, is: (value: Json | undefined) => boolean): Shape<T> {
  return { problem: (value, place) => (is(value) ? undefined : `${place || "It"} is ${not}`) };
}
