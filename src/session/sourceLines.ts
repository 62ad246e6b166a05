import { readFileSync } from 'node:fs';
import type { LineReader } from '../engine/ignored';

/** Reads lines of source files, each file once. */
export function sourceLines(): LineReader {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    let lines = files.get(file);
    if (!lines) {
      lines = readLines(file);
      files.set(file, lines);
    }
    return lines[line - 1];
  };
}

function readLines(file: string): readonly string[] {
  // A saved trace may name any path; one on another machine must not make this one connect to it.
  if (/^(\\\\|\/\/)/.test(file)) return [];
  try {
    return readFileSync(file, 'utf8').split(/\r\n|\r|\n/);
  } catch {
    return [];
  }
}
