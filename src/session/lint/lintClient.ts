/**
 * The editor's side of the linter's thread. Modules are opened, changed and closed here, and what is found comes back;
 * what is found in a text that has changed by then is dropped, since more is to come.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TextChange } from '../../engine/lint/linter';
import { type Disposable, Emitter } from '../../support/disposable';
import type {
  DocumentEdit,
  EditorFinding,
  FromLinter,
  LintSettings,
  LintSource,
  LockAnswer,
  Question,
  ToLinter,
} from './lintMessages';
import type { LintWorkerData } from './lintWorker';

/** A thread that has ended so often is not started again: something in these files ends it. */
const MOST_RESTARTS = 2;

/** A text that takes longer than this has led a rule into an endless loop. */
const PATIENCE_MS = 60_000;

/** Whose text can be asked for. */
export interface LintModule {
  readonly key: string;
  source(): LintSource;
}

interface Followed {
  readonly module: LintModule;
  settings: LintSettings;
  version: number;
  /** Those of the text as it was when they were looked for. */
  findings: readonly EditorFinding[];
  /** The version that they are of. */
  told: number;
  waiting: (() => void)[];
}

export class LintClient implements Disposable {
  private readonly followed = new Map<string, Followed>();
  private readonly questions = new Map<number, (answer: unknown) => void>();
  private readonly found = new Emitter<string>();
  /** The findings of a module, by its key, are others than before. */
  readonly onDidFind = this.found.event;
  private worker: Worker | undefined;
  private restarts = 0;
  private lastQuestion = 0;
  private isOver = false;
  private impatience: NodeJS.Timeout | undefined;

  /** `tell` takes what is for the log. */
  constructor(
    private readonly distFolder: string,
    private readonly tell: (text: string) => void,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /** Lints a module from now on; again as a whole, when it is open already. */
  open(module: LintModule, settings: LintSettings): void {
    const known = this.followed.get(module.key);
    if (known) known.settings = settings;
    const followed = known ?? { module, settings, version: 0, findings: [], told: -1, waiting: [] };
    this.followed.set(module.key, followed);
    this.sendWhole(followed);
  }

  /** `changes` one after the other, `length` of the text behind them. */
  change(key: string, changes: readonly TextChange[], length: number): void {
    const followed = this.followed.get(key);
    if (followed) this.send({ kind: 'change', key, version: ++followed.version, changes, length });
  }

  configure(key: string, settings: LintSettings): void {
    const followed = this.followed.get(key);
    if (!followed) return;
    followed.settings = settings;
    this.send({ kind: 'settings', key, version: ++followed.version, settings });
  }

  close(key: string): void {
    const followed = this.followed.get(key);
    if (!followed) return;
    this.followed.delete(key);
    this.send({ kind: 'close', key });
    wake(followed);
    this.found.fire(key);
  }

  /** Those that were found last. */
  findingsOf(key: string): readonly EditorFinding[] {
    return this.followed.get(key)?.findings ?? [];
  }

  /** Those of the text as it is now; waits for them. */
  async currentFindingsOf(key: string): Promise<readonly EditorFinding[]> {
    const followed = this.followed.get(key);
    if (followed && followed.told !== followed.version && !this.isOver)
      await new Promise<void>((done) => followed.waiting.push(done));
    return this.findingsOf(key);
  }

  lockAt(key: string, document: number, line: number, column: number): Promise<LockAnswer | null> {
    return this.ask(key, { what: 'lock', document, line, column }) as Promise<LockAnswer | null>;
  }

  /** The edits of all fixes of a rule, or of all rules, that can be made at once. */
  async fixAll(key: string, rule: string | null): Promise<readonly DocumentEdit[]> {
    return ((await this.ask(key, { what: 'fixAll', rule })) as DocumentEdit[] | null) ?? [];
  }

  dispose(): void {
    this.isOver = true;
    clearTimeout(this.impatience);
    this.followed.clear();
    this.found.dispose();
    this.forgetQuestions();
    void this.worker?.terminate();
    this.worker = undefined;
  }

  /** null when the text has changed before it is answered. */
  private ask(key: string, question: Question): Promise<unknown> {
    const followed = this.followed.get(key);
    if (!followed || this.isOver) return Promise.resolve(null);
    const id = ++this.lastQuestion;
    return new Promise((done) => {
      this.questions.set(id, done);
      this.send({ kind: 'ask', key, version: followed.version, id, question });
    });
  }

  private sendWhole(followed: Followed): void {
    const { module, settings } = followed;
    this.send({ kind: 'open', key: module.key, version: ++followed.version, source: module.source(), settings });
  }

  private send(message: ToLinter): void {
    if (this.isOver) return;
    this.worker ??= this.start();
    this.worker.postMessage(message);
    if (message.kind === 'open' || message.kind === 'change') this.beImpatient();
  }

  /** A thread that says nothing for long, though it was given something to do, is ended. */
  private beImpatient(): void {
    this.impatience ??= setTimeout(() => {
      this.impatience = undefined;
      void this.worker?.terminate();
    }, this.patienceMs);
  }

  private bePatient(): void {
    clearTimeout(this.impatience);
    this.impatience = undefined;
  }

  private start(): Worker {
    const workerData: LintWorkerData = { distFolder: this.distFolder };
    const worker = new Worker(join(this.distFolder, 'lintWorker.js'), { workerData });
    let reason = '';
    worker.on('message', (message: FromLinter) => this.receive(message));
    worker.on('error', (error) => {
      reason = String(error instanceof Error ? error.stack : error);
    });
    worker.on('exit', (status) => {
      if (worker === this.worker) this.startAgain(reason || `exit status ${status}`);
    });
    return worker;
  }

  private startAgain(reason: string): void {
    this.worker = undefined;
    this.bePatient();
    this.forgetQuestions();
    if (this.restarts === MOST_RESTARTS) {
      this.isOver = true;
      this.tell(
        `Files are no longer checked while you type, since the linter has ended ${MOST_RESTARTS + 1} times: ${reason}`,
      );
      for (const followed of this.followed.values()) wake(followed);
      return;
    }
    this.restarts++;
    for (const followed of this.followed.values()) this.sendWhole(followed);
  }

  private forgetQuestions(): void {
    for (const done of this.questions.values()) done(null);
    this.questions.clear();
  }

  private receive(message: FromLinter): void {
    this.bePatient();
    this.react(message);
    if ([...this.followed.values()].some(({ told, version }) => told !== version)) this.beImpatient();
  }

  private react(message: FromLinter): void {
    switch (message.kind) {
      case 'findings':
        return this.take(message);
      case 'answer':
        this.questions.get(message.id)?.(message.answer);
        this.questions.delete(message.id);
        return;
      case 'lost': {
        const followed = this.followed.get(message.key);
        if (followed) this.sendWhole(followed);
        return;
      }
      case 'fault':
        return this.tell(message.text);
      default:
        message satisfies never;
    }
  }

  private take({ key, version, findings }: Extract<FromLinter, { kind: 'findings' }>): void {
    const followed = this.followed.get(key);
    if (followed?.version !== version) return;
    followed.findings = findings;
    followed.told = version;
    wake(followed);
    this.found.fire(key);
  }
}

function wake(followed: Followed): void {
  const { waiting } = followed;
  followed.waiting = [];
  for (const done of waiting) done();
}
