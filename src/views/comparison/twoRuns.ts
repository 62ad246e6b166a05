import type { Comparison } from '../../../common/comparison';
import type { Trace } from '../../engine/trace';
import { Emitter } from '../../support/disposable';
import type { ComparedRuns, ComparedSource } from './comparisonPanel';

/** A run as the comparison of two takes it. */
export interface OneOfTwo {
  readonly title: string;
  readonly note: string;
  readonly source: ComparedSource;
  readonly trace: Trace;
  /** Resolves when nothing more comes. */
  readonly ended: Promise<unknown>;
}

/** How two runs differ is concluded elsewhere: views only show it. */
export interface Differences {
  tables(traces: readonly Trace[]): Comparison['tables'];
  sentences(first: Trace, second: Trace): readonly string[];
}

/** Two runs, with their figures as soon as both are over. */
export function compareTwo(first: OneOfTwo, second: OneOfTwo, differences: Differences): ComparedRuns {
  const changed = new Emitter();
  const title = `${first.title} and ${second.title}`;
  const runs = [first, second].map(({ title: each, note }) => ({ title: each, note }));
  let known: Comparison = {
    kind: 'comparison',
    title,
    progress: 'The figures follow when both runs are over.',
    runs,
    sentences: [],
    evidence: [],
    tables: [],
  };
  void Promise.all([first.ended, second.ended]).then(() => {
    known = {
      ...known,
      progress: '',
      sentences: differences.sentences(first.trace, second.trace),
      tables: differences.tables([first.trace, second.trace]),
    };
    changed.fire();
  });
  return {
    sources: [first.source, second.source],
    comparison: () => known,
    onDidChange: changed.event,
  };
}
