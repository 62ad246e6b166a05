/** Texts whose lines end as on Windows, or as on old Macs. */
import type { TextEdit } from '../../engine/lint/finding';

/** All lines end with `\n`; lines and columns are the same. */
export function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Edits of `unixLines(text)` as edits of the text itself; what they put in gets its line ends. */
export function editsOfOriginal(text: string, edits: readonly TextEdit[]): TextEdit[] {
  if (!text.includes('\r')) return [...edits];
  const lineEnd = usualLineEnd(text);
  // Offset, among unix lines, behind which each offset is one more.
  const longer = [...text.matchAll(/\r\n/g)].map(({ index }, i) => index - i);
  return edits.map(({ start, end, text: inserted }) => ({
    start: start + countBelow(longer, start),
    end: end + countBelow(longer, end),
    text: inserted.replaceAll('\n', lineEnd),
  }));
}

function usualLineEnd(text: string): string {
  const counts = ['\n', '\r\n', '\r'].map((lineEnd) => ({ lineEnd, count: 0 }));
  for (const [found] of text.matchAll(/\r\n?|\n/g)) {
    const counted = counts.find(({ lineEnd }) => lineEnd === found);
    if (counted) counted.count++;
  }
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).lineEnd;
}

/** How many of the ascending numbers are smaller. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
