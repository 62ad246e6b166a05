/** What the Runs view says of a run, in words. */
import type { Severity } from '../../../common/finding';
import { countWords } from '../../../common/findingWords';
import { MODE_WORDS } from '../../../common/modeWords';
import type { RunInfo } from '../../../common/trace';

/** What is known of a run, of this window or saved. */
export interface RunFacts {
  /** As the user knows it: `prime.py: check`, or a file's name. */
  readonly title: string;
  readonly run: RunInfo;
  /** How long it ran, or runs by now; '' when unknown. */
  readonly lasted: string;
  /** When it was started or saved. */
  readonly time: Date;
  /** Undefined while nobody has looked for them. */
  readonly findings: readonly { readonly severity: Severity }[] | undefined;
  /** Size of its file, undefined when it is not saved. */
  readonly bytes?: number;
  /** The same was run again since. */
  readonly isEarlier?: boolean;
}

export interface RunWords {
  readonly description: string;
  /** One fact a line. */
  readonly tooltip: string;
  /** For a screen reader. */
  readonly spoken: string;
  /** Name of a codicon, and of the colour of the theme that it has. */
  readonly icon: string;
  readonly colour?: string;
}

/** A file that is no trace, or cannot be read. */
export function unreadableWords(title: string): RunWords {
  const description = 'cannot be read';
  return { description, tooltip: `${title}\n${description}`, spoken: `${title}, ${description}`, icon: 'file' };
}

export function runWords(facts: RunFacts, now: Date): RunWords {
  const { title, run, findings, bytes } = facts;
  const counts = findings ? countWords(findings) : '';
  const time = timeWords(facts.time, now);
  const size = bytes === undefined ? '' : sizeWords(bytes);
  const state = bytes !== undefined && isGoingOn(run) ? 'saved while it ran' : stateWords(run);
  const mode = run.mode === 'as-written' ? '' : MODE_WORDS[run.mode];
  // What matters most comes first: a side bar is narrow.
  const short = [state, counts, facts.lasted, mode, time, size];
  const when = bytes === undefined ? `started ${time}` : `saved ${time}`;
  const called = run.function ? `${run.function}(${run.inputs}) ` : '';
  const all = [
    `${called}${MODE_WORDS[run.mode]}${facts.isEarlier ? ', run again since' : ''}`,
    [state, facts.lasted].filter(Boolean).join(', '),
    foundWords(facts),
    run.python && `Python ${run.python}${run.gil ? '' : ' without the GIL'}`,
    when,
    size,
  ].filter(Boolean);
  return {
    description: short.filter(Boolean).join(' · '),
    tooltip: [title, ...all, run.file].filter(Boolean).join('\n'),
    spoken: [title, ...all].join(', '),
    ...iconOf(facts),
  };
}

export function isGoingOn({ state }: RunInfo): boolean {
  return state.kind === 'starting' || state.kind === 'running';
}

function foundWords({ run, findings }: RunFacts): string {
  if (!findings) return 'what was found is known once it is opened';
  return countWords(findings) || (isGoingOn(run) ? 'nothing found so far' : 'nothing found');
}

/** '' when it came to a good end. */
function stateWords({ state, exitCode }: RunInfo): string {
  switch (state.kind) {
    case 'starting':
    case 'running':
      return state.kind;
    case 'failed':
      return 'failed to start';
    case 'ended':
      if (state.how !== 'exited') return state.how === 'timeout' ? 'stopped at its time limit' : state.how;
      return exitCode ? `exit status ${exitCode}` : '';
  }
}

const SEVERITY_ICONS: Readonly<Record<Severity, { readonly icon: string; readonly colour: string }>> = {
  error: { icon: 'error', colour: 'list.errorForeground' },
  warning: { icon: 'warning', colour: 'list.warningForeground' },
  info: { icon: 'info', colour: 'notificationsInfoIcon.foreground' },
};

function iconOf({ run, findings, bytes }: RunFacts): Pick<RunWords, 'icon' | 'colour'> {
  if (bytes === undefined && isGoingOn(run)) return { icon: 'sync~spin' };
  if (run.state.kind === 'failed') return { icon: 'circle-slash' };
  const worst = (['error', 'warning', 'info'] as const).find((severity) =>
    findings?.some((finding) => finding.severity === severity),
  );
  return worst ? SEVERITY_ICONS[worst] : { icon: findings ? 'pass' : 'file' };
}

function timeWords(time: Date, now: Date): string {
  const clock = time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  if (time.toDateString() === now.toDateString()) return clock;
  return `${time.toLocaleDateString([], { day: 'numeric', month: 'short' })} ${clock}`;
}

/** `940 KB`, `12.5 MB`. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, 'KB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}
