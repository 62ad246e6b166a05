/** Python files as text and back, by the encoding that a comment at the top says (PEP 263). */
import { TextDecoder } from 'node:util';
import { Failure } from '../../support/failure';

export interface SourceText {
  readonly text: string;
  /** It begins with the mark of UTF-8. */
  readonly hasMark: boolean;
  /** As Python names it, in lower case with dashes. */
  readonly encoding: string;
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const NO_CODE = /^[ \t\f]*(#.*)?$/;
const LATIN_1 = new Set(['latin-1', 'latin1', 'iso-8859-1', 'iso8859-1', 'iso-latin-1', 'l1', '8859', 'cp819']);
const ASCII = new Set(['ascii', 'us-ascii', '646']);

/** Throws a Failure whose sentence is the reason only. */
export function decodeSource(bytes: Uint8Array): SourceText {
  const hasMark = MARK.equals(bytes.subarray(0, MARK.length));
  const content = hasMark ? bytes.subarray(MARK.length) : bytes;
  const said = saidEncoding(content);
  if (hasMark && said !== undefined && !isUtf8(said))
    throw new Failure(`its first bytes say that it is UTF-8, its comment says ${said}`);
  const encoding = said ?? 'utf-8';
  return { text: decode(content, encoding), hasMark, encoding };
}

/** The bytes of a text in the encoding of another; undefined when that cannot be written, or not all of the text. */
export function encodeSource(text: string, { hasMark, encoding }: SourceText): Uint8Array | undefined {
  const bytes = encode(text, encoding);
  return bytes && (hasMark ? Buffer.concat([MARK, bytes]) : bytes);
}

function saidEncoding(bytes: Uint8Array): string | undefined {
  const lines = Buffer.from(bytes.subarray(0, 4096))
    .toString('latin1')
    .split(/\r\n?|\n/);
  for (const line of lines.slice(0, 2)) {
    const name = COOKIE.exec(line)?.[1];
    // Editors say with it how lines end.
    if (name !== undefined)
      return name
        .toLowerCase()
        .replaceAll('_', '-')
        .replace(/-(unix|dos|mac)$/, '');
    if (!NO_CODE.test(line)) return undefined;
  }
  return undefined;
}

function isUtf8(encoding: string): boolean {
  return /^utf-?8(-|$)/.test(encoding);
}

function decode(bytes: Uint8Array, encoding: string): string {
  if (LATIN_1.has(encoding)) return Buffer.from(bytes).toString('latin1');
  if (ASCII.has(encoding)) {
    if (bytes.some((byte) => byte > 127)) throw new Failure('its comment says ASCII, but other characters are in it');
    return Buffer.from(bytes).toString('latin1');
  }
  const decoder = decoderOf(encoding);
  if (!decoder) throw new Failure(`its encoding ${encoding} is not known here`);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Failure(`it is not ${isUtf8(encoding) ? 'UTF-8, and no comment at its top says what it is' : encoding}`);
  }
}

/** Undefined for what is none, and for what no Python file can be in. */
function decoderOf(encoding: string): TextDecoder | undefined {
  if (isUtf8(encoding)) return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  if (/^(utf|ucs|unicode)/.test(encoding)) return undefined;
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    return undefined;
  }
}

function encode(text: string, encoding: string): Uint8Array | undefined {
  if (isUtf8(encoding)) return Buffer.from(text, 'utf8');
  const byteOf = LATIN_1.has(encoding) || ASCII.has(encoding) ? latin1ByteOf(encoding) : tableByteOf(encoding);
  const bytes = byteOf && Array.from(text, byteOf);
  return bytes?.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : undefined;
}

function latin1ByteOf(encoding: string): (character: string) => number | undefined {
  const most = ASCII.has(encoding) ? 127 : 255;
  return (character) => (character.charCodeAt(0) <= most ? character.charCodeAt(0) : undefined);
}

/** Of encodings in which each character is one byte. */
function tableByteOf(encoding: string): ((character: string) => number | undefined) | undefined {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte--) bytes.set(decoder.decode(Uint8Array.of(byte)), byte);
  // One byte alone says nothing where a character has several.
  return bytes.size < 200 ? undefined : (character) => bytes.get(character);
}
