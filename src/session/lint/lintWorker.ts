/** The linter's thread: reads messages as they come, and lints when there are none. */
import { parentPort, workerData } from 'node:worker_threads';
import { sentenceOf } from '../../support/failure';
import { loadGrammarFrom } from './grammarFiles';
import type { FromLinter, ToLinter } from './lintMessages';
import { LintService } from './lintService';

/** What the thread is started with. */
export interface LintWorkerData {
  readonly distFolder: string;
}

void run();

async function run(): Promise<void> {
  const port = parentPort;
  if (!port) return;
  const post = (message: FromLinter): void => port.postMessage(message);
  const early: ToLinter[] = [];
  const keep = (message: ToLinter): void => void early.push(message);
  port.on('message', keep);
  let service: LintService;
  try {
    const { distFolder } = workerData as LintWorkerData;
    service = new LintService(await loadGrammarFrom(distFolder), post);
  } catch (error) {
    post({ kind: 'fault', text: sentenceOf(error) });
    process.exit(1);
  }
  let isWaiting = false;
  const workSoon = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    // All messages that have come are read before this is called.
    setImmediate(() => {
      isWaiting = false;
      if (service.work()) workSoon();
    });
  };
  const take = (message: ToLinter): void => {
    service.handle(message);
    workSoon();
  };
  for (const message of early) take(message);
  port.off('message', keep);
  port.on('message', take);
}
