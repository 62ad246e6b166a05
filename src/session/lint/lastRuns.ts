import type { Problem } from '../../../common/trace';
import { type FileRun, type Observable, observedSentence, runInFile } from '../../engine/lint/observed';
import type { Trace } from '../../engine/trace';
import { type Disposable, Emitter } from '../../support/disposable';
import type { Findings } from '../findings';

/** While a program runs, what it shows is told so often. */
const INTERVAL_MS = 500;

/** The session of a run, or a saved trace. */
export interface RunSource {
  readonly trace: Trace;
  readonly findings: Findings;
  onDidChange(listener: () => void): Disposable;
}

interface Followed {
  readonly source: RunSource;
  /** The file, as the trace names it, of a document. */
  readonly fileOf: (address: string) => string | undefined;
  readonly listening: Disposable;
  readonly files: Map<string, { readonly state: string; readonly run: FileRun | undefined }>;
}

/** What the runs in this window say about findings of the linter: of each file, the last one that came to it. */
export class LastRuns implements Disposable {
  private readonly followed = new Map<object, Followed>();
  private readonly changed = new Emitter();
  /** What they say may be something else by now. */
  readonly onDidChange = this.changed.event;

  /** `program` is the file that is run. */
  follow(owner: object, source: RunSource, program: string, fileOf: Followed['fileOf']): void {
    this.followed.get(owner)?.listening.dispose();
    this.followed.delete(owner);
    // Its text as it runs, before it is edited.
    source.findings.lineAsRun(program, 1);
    this.followed.set(owner, { source, fileOf, listening: this.listenTo(source), files: new Map() });
    this.changed.fire();
  }

  forget(owner: object): void {
    const known = this.followed.get(owner);
    known?.listening.dispose();
    if (this.followed.delete(owner)) this.changed.fire();
  }

  /** A sentence about a finding in a document, '' when there is nothing to say. `lineNow`: a line of the document. */
  sentenceFor(address: string, finding: Observable, lineNow: (line: number) => string | undefined): string {
    if (finding.observedAs.length === 0) return '';
    for (const followed of [...this.followed.values()].reverse()) {
      const file = followed.fileOf(address);
      const run = file === undefined ? undefined : runOf(followed, file);
      if (file === undefined || !run) continue;
      const isAsRun = (line: number): boolean => followed.source.findings.lineAsRun(file, line) === lineNow(line);
      return observedSentence(finding, run, isAsRun);
    }
    return '';
  }

  private listenTo({ trace, onDidChange }: RunSource): Disposable {
    let told = '';
    let timer: NodeJS.Timeout | undefined;
    const tell = (): void => {
      timer = undefined;
      const state = stateOf(trace);
      if (state !== told) this.changed.fire();
      told = state;
    };
    const listening = onDidChange(() => {
      timer ??= setTimeout(tell, INTERVAL_MS);
    });
    return {
      dispose: () => {
        clearTimeout(timer);
        listening.dispose();
      },
    };
  }

  dispose(): void {
    for (const { listening } of this.followed.values()) listening.dispose();
    this.changed.dispose();
  }
}

/** Undefined when it did not come to the file. */
function runOf({ source, files }: Followed, file: string): FileRun | undefined {
  const { trace } = source;
  const state = stateOf(trace);
  const known = files.get(file);
  if (known?.state === state) return known.run;
  const isThere = trace.sites.some((site) => site.file === file);
  const facts = {
    sites: trace.sites,
    units: trace.units,
    findings: trace.findings,
    isPartial: trace.run.state.kind !== 'ended' || trace.problems.some(isLoss),
    isAccessed: (site: number) => trace.accessSite(site) !== undefined,
  };
  const run = isThere ? runInFile(facts, file) : undefined;
  files.set(file, { state, run });
  return run;
}

function stateOf(trace: Trace): string {
  return `${trace.run.state.kind} ${trace.findingsRevision} ${trace.sites.length}`;
}

const NO_LOSS: ReadonlySet<Problem['kind']> = new Set(['cores', 'muted']);

function isLoss({ kind }: Problem): boolean {
  return !NO_LOSS.has(kind);
}
