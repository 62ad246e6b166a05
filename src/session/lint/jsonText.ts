/** Places of values in a text of JSON, so that one of them can be replaced while all else stays as it was written. */

/** Offsets of a value. */
export interface JsonPlace {
  readonly start: number;
  readonly end: number;
}

/** Of the members of an object, by key; the last one counts, as for parsers. The text is valid JSON. */
export function membersOf(text: string, { start }: JsonPlace): Map<string, JsonPlace> {
  const members = new Map<string, JsonPlace>();
  let at = skipSpace(text, start + 1);
  while (text[at] !== '}') {
    const end = endOfValue(text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    const value = placeAt(text, skipSpace(text, end) + 1);
    members.set(key, value);
    at = nextItem(text, value.end);
  }
  return members;
}

/** Of the items of an array. The text is valid JSON. */
export function itemsOf(text: string, { start }: JsonPlace): JsonPlace[] {
  const items: JsonPlace[] = [];
  let at = skipSpace(text, start + 1);
  while (text[at] !== ']') {
    const item = placeAt(text, at);
    items.push(item);
    at = nextItem(text, item.end);
  }
  return items;
}

/** Of the value that begins at an offset, or behind the space there. */
export function placeAt(text: string, offset: number): JsonPlace {
  const start = skipSpace(text, offset);
  return { start, end: endOfValue(text, start) };
}

function nextItem(text: string, from: number): number {
  const at = skipSpace(text, from);
  return text[at] === ',' ? skipSpace(text, at + 1) : at;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (/^[ \t\r\n]$/.test(text[at] ?? '')) at++;
  return at;
}

function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  const isNested = first === '[' || first === '{';
  const token = isNested ? /["[\]{}]/g : /[\s,\]}]|$/g;
  token.lastIndex = start;
  if (!isNested) return token.exec(text)?.index ?? text.length;
  let depth = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [bracket] = found;
    if (bracket === '"') token.lastIndex = endOfString(text, found.index);
    else depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth === 0) break;
  }
  return token.lastIndex;
}

/** Without a pattern, since a picture in a notebook is a string of some millions of characters. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote + 1;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first--;
  return (at - first) % 2 === 1;
}
