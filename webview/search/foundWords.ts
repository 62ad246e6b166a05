/** Says what a search found: `12 calls of 3 functions · 2 locks · 1 finding`. Pure. */
import { type MarkedRows, MOST_MARKED } from '../markedRows';
import { objectNoun } from '../objectNoun';
import type { Store } from '../store';
import { countWords } from '../words';
import type { Found } from './found';

export function foundWords(store: Store, found: Found, marked: MarkedRows): string {
  const words: string[] = [];
  const open = store.openSpans.filter(({ site }) => found.sites[site]);
  const calls = marked.calls + open.length;
  const functions = new Set([...marked.called, ...open.map(({ site }) => site)]).size;
  if (functions > 0) words.push(`${countWords(calls, 'call')} of ${countWords(functions, 'function')}`);
  words.push(...counted(unitKinds(store, found)));
  words.push(...counted(objectKinds(store, found)));
  const waits = marked.waits + store.openWaits.filter(({ object }) => found.objects[object]).length;
  if (waits > 0) words.push(`${countWords(waits, 'wait')} for them`);
  if (found.findings.length > 0) words.push(countWords(found.findings.length, 'finding'));
  if (!marked.isComplete) return [...words, 'counting…'].join(' · ');
  if (marked.isCapped) words.push(`the first ${MOST_MARKED.toLocaleString('en')} are marked`);
  return words.join(' · ') || 'nothing found';
}

function counted(kinds: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => countWords(count, kind, kind.endsWith('s') ? `${kind}es` : `${kind}s`));
}

function unitKinds(store: Store, { units }: Found): string[] {
  return [...units].map((id) => store.units[id].kind);
}

function objectKinds(store: Store, { objects }: Found): string[] {
  return store.objects.flatMap(({ operation }, row) => (objects[row + 1] ? [objectNoun(operation)] : []));
}
