/** Lookup tables for channels, as data: the colours that a channel's light goes through instead of one. */
import type { LutName } from "../ome/lut-names.ts";
import { cssColor, type Rgb } from "./palette.ts";

/** The colours from no light to full light, at equal distances; those between lie on straight lines. */
export type Ramp = readonly Rgb[];

/** How many colours a ramp has: the straight lines then stay within 11 of 255 of the tables they come from. */
export const RAMP_STOPS = 17;

/**
 * Perceptually even ones and classic ones. viridis, magma, inferno and cividis (made for eyes that do not tell red
 * from green) are matplotlib's (https://bids.github.io/colormap/, https://doi.org/10.1371/journal.pone.0199239),
 * turbo is Google's (https://ai.googleblog.com/2019/08/turbo-improved-rainbow-colormap-for.html), hot is Matlab's.
 */
const TABLES: Readonly<Record<LutName, string>> = {
  viridis:
    "440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725",
  magma:
    "000004 0a0822 1d1147 36106b 51127c 6a1c81 832681 9c2e7f b73779 d0416f e75263 f56b5c fc8961 fea772 fec488 fde2a3 fcfdbf",
  inferno:
    "000004 0b0724 210c4a 3d0965 57106e 71196e 8a226a a32c61 bc3754 d24644 e45a31 f1731d f98e09 fcac11 f9cb35 f2ea69 fcffa4",
  cividis:
    "00224e 002e6a 1a386f 32436d 434e6c 535a6d 61656f 6f7073 7d7c78 8c8878 9b9476 aba072 bcae6c cdbb63 dec958 f0d846 fee838",
  turbo:
    "30123b 4040a2 466be3 4294ff 28bceb 18ddc2 32f298 6dfe62 a4fc3c cdec34 eecf3a fdac34 fb7e21 eb500e d02f05 a91601 7a0403",
  hot: "0b0000 350000 5f0000 890000 b30000 dd0000 ff0800 ff3200 ff5c00 ff8600 ffb000 ffda00 ffff07 ffff46 ffff85 ffffc4 ffffff",
  "inverted gray":
    "ffffff efefef dfdfdf cfcfcf bfbfbf afafaf 9f9f9f 8f8f8f 808080 707070 606060 505050 404040 303030 202020 101010 000000",
};

const RAMPS: ReadonlyMap<string, Ramp> = new Map(
  Object.entries(TABLES).map(([name, stops]) => [
    name,
    stops.split(" ").map((hex) => Number.parseInt(hex, 16)),
  ]),
);

/** The table of a name; undefined where there is none of that name, so that the channel is drawn in its colour. */
export function lutOf(name: string | undefined): Ramp | undefined {
  return name === undefined ? undefined : RAMPS.get(name);
}

/** A table, or a colour out of black, as a CSS background from left to right. */
export function rampCss(ramp: Ramp): string {
  return `linear-gradient(90deg, ${ramp.map(cssColor).join(", ")})`;
}
