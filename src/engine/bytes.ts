/** Reading little-endian numbers and UTF-8 without anything that only Node or only a browser has. */

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

export function u32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

/** An unsigned 64-bit number as a double; exact below 2^53. */
export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at + 4) * 4294967296 + u32(bytes, at);
}

/** Text of UTF-8 bytes; what is not valid becomes U+FFFD. */
export function decodeUtf8(bytes: ArrayLike<number>, from: number, to: number): string {
  let text = '';
  let at = from;
  while (at < to) {
    const first = bytes[at] as number;
    const extra = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
    let point = extra === 0 ? first : first & (0x3f >> extra);
    let valid = extra === 0 || (extra > 0 && first >= 0xc2 && at + extra < to);
    for (let i = 1; valid && i <= extra; i++) {
      const next = bytes[at + i] as number;
      valid = (next & 0xc0) === 0x80;
      point = (point << 6) | (next & 0x3f);
    }
    const overlong = (extra === 2 && point < 0x800) || (extra === 3 && (point < 0x10000 || point > 0x10ffff));
    const surrogate = point >= 0xd800 && point < 0xe000;
    if (!valid || overlong || surrogate) {
      text += '\ufffd';
      at += 1;
    } else {
      text += String.fromCodePoint(point);
      at += extra + 1;
    }
  }
  return text;
}

/** UTF-8 of a text; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    let point = character.codePointAt(0) as number;
    if (point >= 0xd800 && point < 0xe000) point = 0xfffd;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else {
      const middle = [0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f)];
      bytes.push(0xf0 | (point >> 18), ...middle, 0x80 | (point & 0x3f));
    }
  }
  return Uint8Array.from(bytes);
}
