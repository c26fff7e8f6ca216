/** An XML file as the elements below its root, without a DOM, so that it is read in a worker and in Node alike. */
import { parseXml, XmlElement } from "@rgrove/parse-xml";
import { Fault, sentence } from "../base/fault.ts";

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export interface XmlItem {
  /** Without its namespace's prefix. */
  readonly name: string;
  /** By name, without prefixes. */
  readonly attributes: ReadonlyMap<string, string>;
}

export interface XmlFile {
  readonly root: string;
  readonly attributes: XmlItem["attributes"];
  readonly children: readonly XmlItem[];
}

/** @throws Fault "input" where the text is no XML, with the line */
export function childrenOf({ name, text }: TextFile): XmlFile {
  let root: XmlElement | null;
  try {
    ({ root } = parseXml(text.replace(/^\uFEFF/, "")));
  } catch (cause) {
    const [said = ""] = sentence(cause).split("\n", 1);
    throw new Fault("input", `${name} is no XML: ${said}`, { where: name, cause });
  }
  if (root === null) throw new Fault("input", `${name} is empty`, { where: name });
  const children = root.children.flatMap((child) =>
    child instanceof XmlElement ? itemOf(child) : [],
  );
  const { name: called, attributes } = itemOf(root);
  return { root: called, attributes, children };
}

function itemOf({ name, attributes }: XmlElement): XmlItem {
  const entries = Object.entries(attributes).map(([key, value]) => [bare(key), value] as const);
  return { name: bare(name), attributes: new Map(entries) };
}

function bare(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
