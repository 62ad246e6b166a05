/** What a filter leaves, and how it says so. Pure. */
import type { Form } from '../bars';
import { durationText } from '../timeText';
import { fileName } from '../words';

/** How a unit stands, with the words for it and the forms of the bars that show it. */
export const STATES = {
  running: { words: 'running', forms: ['running'] },
  ready: { words: 'wants a core', forms: ['ready'] },
  gil: { words: 'wants the GIL', forms: ['gil'] },
  waiting: { words: 'waiting', forms: ['waiting', 'idle'] },
  blocked: { words: 'in an unrecorded call', forms: ['blocked'] },
} as const satisfies Readonly<Record<string, { readonly words: string; readonly forms: readonly Form[] }>>;
export type StateName = keyof typeof STATES;

export const KINDS = { cores: 'cores', thread: 'threads', task: 'tasks', job: 'jobs' } as const;
export type KindName = keyof typeof KINDS;

/** An empty set, name and length leave all. */
export interface FilterState {
  readonly states: ReadonlySet<StateName>;
  /** Nanoseconds. */
  readonly shortest: number;
  readonly files: ReadonlySet<string>;
  readonly kinds: ReadonlySet<KindName>;
  /** Words that names of lanes have. */
  readonly name: string;
  /** Lanes in which nothing is left are hidden. */
  readonly hides: boolean;
}

export const NO_FILTER: FilterState = {
  states: new Set(),
  shortest: 0,
  files: new Set(),
  kinds: new Set(),
  name: '',
  hides: false,
};

/** Whether it makes some of the bars pale. */
export function dims({ states, shortest, files }: FilterState): boolean {
  return states.size > 0 || shortest > 0 || files.size > 0;
}

/** Whether it hides lanes by what they are. */
export function hidesByKind({ kinds, name }: FilterState): boolean {
  return kinds.size > 0 || name.trim() !== '';
}

export function isFilter(state: FilterState): boolean {
  return dims(state) || hidesByKind(state);
}

/** `running or waiting · ≥ 1 ms · in orders.py · lanes with “worker” · others pale`. */
export function filterWords(state: FilterState): string {
  const { states, shortest, files, kinds, name, hides } = state;
  const parts: string[] = [];
  if (kinds.size > 0) parts.push([...kinds].map((kind) => KINDS[kind]).join(' and '));
  if (name.trim()) parts.push(`lanes with “${name.trim()}”`);
  if (states.size > 0) parts.push([...states].map((each) => STATES[each].words).join(' or '));
  if (shortest > 0) parts.push(`≥ ${shortText(shortest)}`);
  if (files.size > 2) parts.push(`in ${files.size} files`);
  else if (files.size > 0) parts.push(`in ${[...files].map(fileName).join(' or ')}`);
  if (dims(state)) parts.push(hides ? 'others pale, lanes without any hidden' : 'others pale');
  return parts.join(' · ');
}

/** Nanoseconds of `1 ms`, `500us`, `0.2 s`; 0 for nothing, undefined for what is no length. */
export function durationOf(text: string): number | undefined {
  if (text.trim() === '') return 0;
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(ns|us|µs|μs|ms|s)\s*$/i.exec(text);
  if (!match) return undefined;
  const unit = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 }[match[2].toLowerCase().replace(/[µμ]/, 'u')] ?? 1;
  return Number(match[1].replace(',', '.')) * unit;
}

/** `1 ms`, not `1.00 ms`: it was written by hand. */
export function shortText(nanos: number): string {
  return durationText(nanos).replace(/\.0+ /, ' ');
}

export interface SavedFilter extends Omit<FilterState, 'states' | 'files' | 'kinds'> {
  readonly states: readonly StateName[];
  readonly files: readonly string[];
  readonly kinds: readonly KindName[];
}

export function savedFilter({ states, files, kinds, ...rest }: FilterState): SavedFilter {
  return { ...rest, states: [...states], files: [...files], kinds: [...kinds] };
}

export function restoredFilter({ states, files, kinds, ...rest }: SavedFilter): FilterState {
  return { ...NO_FILTER, ...rest, states: new Set(states), files: new Set(files), kinds: new Set(kinds) };
}
