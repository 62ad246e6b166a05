import type { Report } from '../engine/report';

/** A report as JSON, in pieces: a long one as a whole is more than a string can hold. */
export function* reportJson(report: Report): Generator<string> {
  let separator = '{\n';
  for (const [key, value] of Object.entries(report)) {
    yield `${separator}"${key}": `;
    if (Array.isArray(value)) yield* arrayJson(value);
    else yield JSON.stringify(value);
    separator = ',\n';
  }
  yield '\n}\n';
}

function* arrayJson(items: readonly unknown[]): Generator<string> {
  let separator = '[\n';
  for (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
  yield items.length > 0 ? '\n]' : '[]';
}
