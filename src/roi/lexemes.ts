/** The words, numbers, quoted texts and signs of an expression. */

export interface Lexeme {
  /** What is quoted or in backticks is never a keyword; a sign is one of ( ) , and the comparisons. */
  readonly kind: "word" | "quoted" | "sign";
  /** Without its quotes; "==" reads as "=". */
  readonly text: string;
  /** Place in the text, from 0. */
  readonly at: number;
}

const LEXEME =
  /"((?:[^"\\]|\\.)*)("?)|'([^']*)('?)|`([^`]*)(`?)|(<=|>=|!=|!~|==|[<>=~(),])|([^\s<>=~!(),"'`]+)|(\S)/gsu;

/** Cuts an expression up. A quote that is not closed runs to the end, as it does while one types. */
export function lexemesOf(text: string): Lexeme[] {
  const found: Lexeme[] = [];
  for (const match of text.matchAll(LEXEME)) {
    const [, double, , single, , back, , sign, word, stray] = match;
    const at = match.index;
    const quoted = double?.replace(/\\(.)/gs, "$1") ?? single ?? back;
    if (quoted !== undefined) found.push({ kind: "quoted", text: quoted, at });
    else if (word !== undefined) found.push({ kind: "word", text: word, at });
    else found.push({ kind: "sign", text: sign === "==" ? "=" : (sign ?? stray ?? ""), at });
  }
  return found;
}

/** A text as an expression has it: in quotes where it would not be read as one word. */
export function quoted(text: string): string {
  const plain = /^[^\s<>=~!(),"'`]+$/u.test(text) && !/^(?:and|or|not|in)$/i.test(text);
  return plain ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
