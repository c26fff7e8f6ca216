/** Text in a PNG file that other programs show as its description (PNG, third edition, 11.3.3.3 and 5.3). */

/** Eight bytes of signature, and the header that comes first. */
const HEADER_END = 8 + 12 + 13;

/** A PNG with a description; characters beyond Latin-1 become "?". */
export async function withText(png: Blob, text: string): Promise<Blob> {
  const latin = Array.from(`Description\0${text}`, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 256 ? code : 0x3f;
  });
  const typed = Uint8Array.from([...[..."tEXt"].map((letter) => letter.charCodeAt(0)), ...latin]);
  const chunk = new DataView(new ArrayBuffer(typed.length + 8));
  chunk.setUint32(0, latin.length);
  for (const [i, byte] of typed.entries()) chunk.setUint8(4 + i, byte);
  chunk.setUint32(4 + typed.length, crc32(typed));
  return new Blob([png.slice(0, HEADER_END), chunk, png.slice(HEADER_END)], { type: png.type });
}

/** CRC-32 of ISO 3309, as Annex D of PNG has it. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
