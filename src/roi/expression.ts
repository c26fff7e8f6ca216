/** A small language that says which ROIs are meant: `area > 200 and name ~ "B03" and triage != discard`. */
import { type Lexeme, lexemesOf } from "./lexemes.ts";
import type { Reader } from "./readers.ts";
import type { RoiId } from "./rois.ts";

/** What an expression means, or where it stops making sense. */
export type Parsed =
  | { readonly kind: "filter"; readonly matches: (id: RoiId) => boolean }
  | {
      readonly kind: "problem";
      readonly sentence: string;
      /** Place in the text, from 0. */
      readonly at: number;
    };

type Test = (id: RoiId) => boolean;

/** Thrown inside the parser alone. */
class Problem extends Error {
  readonly at: number;
  constructor(sentence: string, at: number) {
    super(sentence);
    this.at = at;
  }
}

/**
 * Reads an expression over columns. Comparisons are = != < <= > >=, ~ and !~ (holds the text, whatever its case) and
 * `in (a, b)`; they are joined by and, or, not and brackets. A name with spaces is put in `backticks`, a text with
 * spaces in quotes; `""` is a missing value, which is neither less nor greater than anything. Case counts in the name of a
 * column only where two differ by nothing else.
 */
export function parseExpression(text: string, columns: ReadonlyMap<string, Reader>): Parsed {
  try {
    const parser = new Parser(lexemesOf(text), text.length, columns);
    return { kind: "filter", matches: parser.whole() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { kind: "problem", sentence: error.message, at: error.at };
  }
}

/** The columns that a name may mean: the one that is called just so, else all that are but for case. */
export function columnsMeant(
  name: string,
  columns: ReadonlyMap<string, unknown>,
): readonly string[] {
  if (columns.has(name)) return [name];
  const plain = name.toLowerCase();
  return [...columns.keys()].filter((column) => column.toLowerCase() === plain);
}

class Parser {
  readonly #lexemes: readonly Lexeme[];
  readonly #end: number;
  readonly #columns: ReadonlyMap<string, Reader>;
  #next = 0;

  constructor(lexemes: readonly Lexeme[], end: number, columns: ReadonlyMap<string, Reader>) {
    this.#lexemes = lexemes;
    this.#end = end;
    this.#columns = columns;
  }

  whole(): Test {
    const test = this.#either();
    const rest = this.#peek();
    if (rest) throw new Problem(`"${rest.text}" is not expected here: and, or?`, rest.at);
    return test;
  }

  #either(): Test {
    let test = this.#both();
    while (this.#takes("or")) {
      const [a, b] = [test, this.#both()];
      test = (id) => a(id) || b(id);
    }
    return test;
  }

  #both(): Test {
    let test = this.#single();
    while (this.#takes("and")) {
      const [a, b] = [test, this.#single()];
      test = (id) => a(id) && b(id);
    }
    return test;
  }

  #single(): Test {
    if (this.#takes("not")) {
      const test = this.#single();
      return (id) => !test(id);
    }
    if (this.#takes("(")) {
      const test = this.#either();
      this.#expect(")");
      return test;
    }
    return this.#comparison();
  }

  #comparison(): Test {
    const column = this.#column();
    const sign = this.#take("a comparison such as =, <, ~ or in");
    if (sign.kind !== "quoted" && sign.text.toLowerCase() === "in")
      return anyOf(this.#list().map((value) => compared(column, "=", value)));
    if (sign.kind !== "sign" || !SIGNS.has(sign.text))
      throw new Problem(
        `A comparison such as =, <, ~ or in is expected, not "${sign.text}"`,
        sign.at,
      );
    return compared(column, sign.text, this.#take("a value"));
  }

  #column(): Reader {
    const name = this.#take("a column");
    const [first, second] = name.kind === "sign" ? [] : columnsMeant(name.text, this.#columns);
    if (first !== undefined && second !== undefined)
      throw new Problem(
        `"${name.text}" may be "${first}" or "${second}": write the one that is meant`,
        name.at,
      );
    const reader = first === undefined ? undefined : this.#columns.get(first);
    if (reader) return reader;
    const known = [...this.#columns.keys()].slice(0, 12).join(", ");
    throw new Problem(`There is no column "${name.text}"; there are ${known}`, name.at);
  }

  #list(): Lexeme[] {
    this.#expect("(");
    const values = [this.#take("a value")];
    while (this.#takes(",")) values.push(this.#take("a value"));
    this.#expect(")");
    return values;
  }

  #peek(): Lexeme | undefined {
    return this.#lexemes[this.#next];
  }

  #take(wanted: string): Lexeme {
    const lexeme = this.#peek();
    if (!lexeme) throw new Problem(`It ends where ${wanted} is expected`, this.#end);
    this.#next++;
    return lexeme;
  }

  #takes(word: string): boolean {
    const lexeme = this.#peek();
    const is = lexeme?.kind !== "quoted" && lexeme?.text.toLowerCase() === word;
    if (is) this.#next++;
    return is;
  }

  #expect(sign: string): void {
    const at = this.#peek()?.at ?? this.#end;
    if (!this.#takes(sign)) throw new Problem(`"${sign}" is expected`, at);
  }
}

const SIGNS: ReadonlySet<string> = new Set(["=", "!=", "<", "<=", ">", ">=", "~", "!~"]);

function anyOf(tests: readonly Test[]): Test {
  return (id) => tests.some((test) => test(id));
}

function compared(column: Reader, sign: string, value: Lexeme): Test {
  if (value.kind === "sign")
    throw new Problem(`A value is expected, not "${value.text}"`, value.at);
  if (sign === "~" || sign === "!~") return holds(column, value.text, sign === "~");
  if (column.kind === "number") return comparedNumber(column.at, sign, value);
  const { at } = column;
  const { text } = value;
  switch (sign) {
    case "=":
      return (id) => (at(id) ?? "") === text;
    case "!=":
      return (id) => (at(id) ?? "") !== text;
    default:
      throw new Problem(`Texts are compared by =, !=, ~ or in, not by ${sign}`, value.at);
  }
}

function holds({ at }: Reader, part: string, wanted: boolean): Test {
  const sought = part.toLowerCase();
  return (id) =>
    String(at(id) ?? "")
      .toLowerCase()
      .includes(sought) === wanted;
}

function comparedNumber(at: (id: RoiId) => number, sign: string, value: Lexeme): Test {
  const isMissing = value.kind === "quoted" && value.text === "";
  const number = isMissing ? Number.NaN : Number(value.text);
  if (!isMissing && (value.text.trim() === "" || Number.isNaN(number)))
    throw new Problem(`This column holds numbers, and "${value.text}" is none`, value.at);
  switch (sign) {
    case "=":
      return isMissing ? (id) => Number.isNaN(at(id)) : (id) => at(id) === number;
    case "!=":
      return isMissing ? (id) => !Number.isNaN(at(id)) : (id) => at(id) !== number;
    case "<":
      return (id) => at(id) < number;
    case "<=":
      return (id) => at(id) <= number;
    case ">":
      return (id) => at(id) > number;
    default:
      return (id) => at(id) >= number;
  }
}
