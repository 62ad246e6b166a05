/**
 * A `TraceDelta` as text, for pages that carry a whole trace with them (the HTML export) instead of talking to a host.
 *
 * It is JSON: buffers of columns are base64 strings, NaN and infinities are null. `<` is escaped, so that the text can
 * stand in a `<script type="application/json" id="interleave-data">` as it is; the webview looks for that element.
 */
import type { TraceDelta } from './protocol';
import type { TableSlice } from './table';
import type { OpenWait, Unit } from './trace';

/** Keys of a delta that hold table slices. */
const isSlice = (value: unknown): value is TableSlice =>
  typeof value === 'object' && value !== null && 'columns' in value;

export function encodeDelta(delta: TraceDelta): string {
  const text = JSON.stringify(delta, (_key, value: unknown) =>
    value instanceof ArrayBuffer ? encodeBase64(new Uint8Array(value)) : value,
  );
  return text.replaceAll('<', '\\u003c');
}

/** The reverse of `encodeDelta`; throws a SyntaxError when the text is not JSON. */
export function decodeDelta(text: string): TraceDelta {
  const delta = JSON.parse(text) as Record<string, unknown>;
  for (const [key, value] of Object.entries(delta)) {
    if (isSlice(value))
      delta[key] = { ...value, columns: decodeColumns(value.columns as unknown as Record<string, string>) };
  }
  const units = (delta.units as Unit[]).map((unit) => ({
    ...unit,
    start: unit.start ?? NaN,
    end: unit.end ?? NaN,
    created: unit.created ?? NaN,
  }));
  const openWaits = (delta.openWaits as OpenWait[]).map((wait) => ({ ...wait, end: wait.end ?? NaN }));
  return {
    ...delta,
    units,
    openWaits,
    findings: withTimes(delta.findings as TraceDelta['findings']),
  } as unknown as TraceDelta;
}

function withTimes(findings: TraceDelta['findings']): TraceDelta['findings'] {
  if (!findings) return null;
  return findings.map((finding) => ({
    ...finding,
    locations: finding.locations.map((location) => ({ ...location, time: location.time ?? NaN })),
  }));
}

function decodeColumns(columns: Record<string, string>): Record<string, ArrayBuffer> {
  return Object.fromEntries(Object.entries(columns).map(([name, text]) => [name, decodeBase64(text)]));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

// Written out, since neither `btoa` nor `Buffer` exists in all the places where this runs.
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] as number;
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    part += DIGITS.charAt(a >> 2) + DIGITS.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    part +=
      b === undefined
        ? '=='
        : DIGITS.charAt(((b & 15) << 2) | ((c ?? 0) >> 6)) + (c === undefined ? '=' : DIGITS.charAt(c & 63));
    if (part.length < 4096) continue;
    parts.push(part);
    part = '';
  }
  return parts.join('') + part;
}

export function decodeBase64(text: string): ArrayBuffer {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let word = 0;
    for (let j = 0; j < 4; j++) word = (word << 6) | (VALUES[text.charCodeAt(i + j)] ?? 0);
    bytes[at++] = word >> 16;
    if (at < bytes.length) bytes[at++] = (word >> 8) & 255;
    if (at < bytes.length) bytes[at++] = word & 255;
  }
  return bytes.buffer;
}

const VALUES = new Uint8Array(128);
for (let i = 0; i < DIGITS.length; i++) VALUES[DIGITS.charCodeAt(i)] = i;
