import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../../src/engine/lint/applyFixes';
import { editsOfOriginal, unixLines } from '../../../../src/session/lint/lineEnds';
import { decodeSource, encodeSource } from '../../../../src/session/lint/sourceText';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

const READ: readonly (readonly [what: string, bytes: Buffer, text: string])[] = [
  ['UTF-8', Buffer.from('x = "ä🙂"'), 'x = "ä🙂"'],
  ['UTF-8 with its mark', Buffer.from('\ufeffx = "ä"'), 'x = "ä"'],
  ['UTF-8 that says so', Buffer.from('# -*- coding: utf_8-unix -*-\nä'), '# -*- coding: utf_8-unix -*-\nä'],
  ['Latin-1', bytesOf('# coding: latin-1\n"\xe4\x80"'), '# coding: latin-1\n"ä\x80"'],
  ['Latin-1 in the second line', bytesOf('#!/bin/x\n# vim: set fileencoding=iso-8859-1 :\n\xe4'), 'ä'],
  ['a code page of Windows', bytesOf('# coding: cp1251\n\xc6'), 'Ж'],
  ['an encoding of several bytes', bytesOf('# coding: euc-jp\n\xa4\xa2'), 'あ'],
  ['a comment that comes too late', Buffer.from('x = 1\n# coding: latin-1\nä'), 'ä'],
];

for (const [what, bytes, text] of READ) {
  test(`${what} is read`, () => {
    assert.ok(decodeSource(bytes).text.endsWith(text));
  });
}

const REFUSED: readonly (readonly [what: string, bytes: Buffer, reason: RegExp])[] = [
  ['what is not UTF-8', bytesOf('\xe4'), /not UTF-8, and no comment/],
  ['what is not ASCII although it says so', bytesOf('# coding: ascii\n\xe4'), /ASCII/],
  ['an encoding that nobody knows', bytesOf('# coding: klingon\n'), /klingon is not known/],
  ['a file that cannot be Python', bytesOf('# coding: utf-16\n'), /utf-16 is not known/],
  ['a mark and a comment against it', Buffer.from('\ufeff# coding: latin-1\n'), /comment says latin-1/],
];

for (const [what, bytes, reason] of REFUSED) {
  test(`${what} is refused with a reason`, () => assert.throws(() => decodeSource(bytes), reason));
}

test('what was read is written as it was, and so is what is new', () => {
  for (const [what, bytes] of READ) {
    const source = decodeSource(bytes);
    const written = encodeSource(source.text, source);
    if (what.includes('several bytes')) assert.equal(written, undefined);
    else assert.deepEqual(Buffer.from(written ?? []), bytes, what);
  }
  const cyrillic = decodeSource(bytesOf('# coding: cp1251\n'));
  assert.deepEqual([...(encodeSource('ж', cyrillic) ?? [])], [0xe6]);
  assert.equal(encodeSource('あ', cyrillic), undefined);
});

test('edits keep line ends, and new lines have those that are usual in the file', () => {
  const insertBefore = (text: string, word: string) => {
    const unix = unixLines(text);
    const start = unix.indexOf(word);
    return applyEdits(text, editsOfOriginal(text, [{ start, end: start + word.length, text: `new\n${word}!` }]));
  };
  assert.equal(insertBefore('a\r\nb\r\nc', 'c'), 'a\r\nb\r\nnew\r\nc!');
  assert.equal(insertBefore('a\nb\nc\r\n', 'c'), 'a\nb\nnew\nc!\r\n');
  assert.equal(insertBefore('a\rb\rc', 'b'), 'a\rnew\rb!\rc');
  assert.equal(insertBefore('a\r\nb', 'a'), 'new\r\na!\r\nb');
  assert.equal(unixLines('a\r\nb\rc\n\rd'), 'a\nb\nc\n\nd');
});
