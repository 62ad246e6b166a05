import { type FunctionSummary, functionSummary, summaryWords } from '../engine/functionSummary';
import type { Run, Runs } from '../session/runs';
import type { Session } from '../session/session';
import type { LensSource } from '../views/functions/functionLenses';
import { functionText } from '../views/functions/functionText';
import { findFunctions } from '../views/functions/pythonFunctions';

export interface RanFunctionParts {
  readonly runs: Runs;
  /** A document's file, as the run's trace names it. */
  fileOf(run: Run, address: string): string | undefined;
  showLine(run: Run, file: string, line: number): void;
}

/** What was found out about a session, once it was over. */
interface Known {
  readonly summaries: Map<string, FunctionSummary | undefined>;
  /** Lines of its files as they ran. */
  readonly texts: Map<string, readonly string[]>;
}

/** What the latest run that came to a function tells about it. */
export function ranFunctions({ runs, fileOf, showLine }: RanFunctionParts): LensSource {
  const known = new WeakMap<Session, Known>();
  const knownOf = (session: Session): Known => {
    const found = known.get(session) ?? { summaries: new Map(), texts: new Map() };
    known.set(session, found);
    return found;
  };
  const summaryOf = (session: Session, file: string, name: string): FunctionSummary | undefined => {
    const { summaries } = knownOf(session);
    const key = `${name} ${file}`;
    if (!summaries.has(key)) summaries.set(key, functionSummary(session.trace, file, name));
    return summaries.get(key);
  };
  const linesAsRun = (session: Session, file: string): readonly string[] => {
    const { texts } = knownOf(session);
    const lines = texts.get(file) ?? readLines(session, file);
    texts.set(file, lines);
    return lines;
  };
  return {
    onDidChange: runs.onDidChange,
    ranFunction: (document, { name, line }) => {
      const address = document.uri.toString();
      const found = latestOf(runs, (run) => {
        const file = fileOf(run, address);
        const isThere = run.session.trace.sites.some((site) => site.function === name && site.file === file);
        return isThere ? file : undefined;
      });
      if (!found) return undefined;
      const [run, file] = found;
      const { session } = run;
      const before = linesAsRun(session, file);
      const defined = findFunctions(before.join('\n')).find((each) => each.name === name);
      const now = document.getText().split(/\r?\n/);
      const isStale = !defined || functionText(before, defined.line) !== functionText(now, line);
      return {
        words: () => {
          const summary = summaryOf(session, file, name);
          const words = summary ? summaryWords(summary) : 'no calls recorded';
          return isStale ? `${words} (before your changes)` : words;
        },
        show: () => showLine(run, file, defined?.line ?? line),
      };
    },
  };
}

/** The latest run that is over and of which `fileOf` knows a file. */
function latestOf(runs: Runs, fileOf: (run: Run) => string | undefined): readonly [Run, string] | undefined {
  const latestFirst = [...runs.all].sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  for (const run of latestFirst) {
    const file = run.session.isOver ? fileOf(run) : undefined;
    if (file !== undefined) return [run, file];
  }
  return undefined;
}

function readLines({ findings }: Session, file: string): readonly string[] {
  const lines: string[] = [];
  for (let line = 1; ; line++) {
    const text = findings.lineAsRun(file, line);
    if (text === undefined) return lines;
    lines.push(text);
  }
}
