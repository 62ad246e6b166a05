import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeUtf8, encodeUtf8, u32, u64 } from '../../../src/engine/bytes';
import { IdMap } from '../../../src/engine/idMap';

test('texts survive encoding and decoding, and are what the platform makes of them', () => {
  for (const text of ['', 'main', 'Grüße', '日本語', '🧵🧵', '\u0000\u007f\u0080\u07ff\u0800\uffff\u{10ffff}']) {
    const bytes = encodeUtf8(text);
    assert.deepEqual([...bytes], [...new TextEncoder().encode(text)]);
    assert.equal(decodeUtf8(bytes, 0, bytes.length), text);
  }
});

test('bytes that are no text decode without an error, and valid parts of them as they are', () => {
  for (let first = 0; first < 256; first++) {
    const text = decodeUtf8([first, 0x41, 0xc3, 0xa4, 0xe2, 0x82], 0, 6);
    assert.ok(text.includes('ä'), String(first));
    assert.ok(text.endsWith('\ufffd'));
  }
  assert.equal(decodeUtf8([0xc0, 0x80], 0, 2), '\ufffd\ufffd');
  assert.equal(decodeUtf8([0xed, 0xa0, 0x80], 0, 3), '\ufffd\ufffd\ufffd');
});

test('numbers are unsigned and little-endian', () => {
  const bytes = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0);
  assert.equal(u32(bytes, 0), 0xffffffff);
  assert.equal(u64(bytes, 0), 2 ** 33 - 1);
});

test('a map of ids keeps what was put in, however many and whatever they are', () => {
  const map = new IdMap();
  const ids = Array.from(
    { length: 5000 },
    (_, i) => [i % 7 === 0 ? 0xffffffff - i : i >>> 8, (i * 2654435761) >>> 0] as const,
  );
  for (const [i, [high, low]] of ids.entries()) map.set(high, low, i + 1);
  for (const [i, [high, low]] of ids.entries()) assert.equal(map.get(high, low), i + 1);
  assert.equal(map.get(12345, 1), 0);
  map.set(ids[0]![0], ids[0]![1], 77);
  assert.equal(map.get(ids[0]![0], ids[0]![1]), 77);
});
