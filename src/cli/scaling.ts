/** `interleave scaling`: runs a function with more and more workers, and says how far that helps and why no further. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { scaling, workerCounts } from '../engine/compare/scaling';
import { scalingText } from '../engine/compare/scalingText';
import { candidatesOnPath, findInterpreter, named } from '../session/interpreter';
import { scaleWorkers } from '../session/scaling';
import type { ScalingCommand } from './arguments';
import { STDERR, writeAll, writeOutput } from './output';
import { progressLine } from './progressLine';
import { assertReadableProgram, checkOutputs } from './run';

const NOTHING_MEASURED = 1;
const STOPPED = 130;
const LEAST_BOUND = 4;

/** Resolves to the exit status. Rejects with a Failure for wrong use. */
export async function scale(command: ScalingCommand, productFolder: string): Promise<number> {
  assertReadableProgram(command.file);
  checkOutputs({ '--json': command.json });
  const { mode, repeat, timeoutSeconds, inputs, function: called } = command;
  const python = await findInterpreter(
    command.python === undefined ? candidatesOnPath() : [named(command.python, '--python')],
  );
  const cores = availableParallelism();
  const counts = workerCounts(command.most || Math.max(LEAST_BOUND, 2 * cores), cores);
  const stopper = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopper.abort());
  const progress = progressLine(counts.length * repeat);
  const { figures, stopped } = await scaleWorkers({
    file: resolve(command.file),
    cwd: process.cwd(),
    function: called,
    inputs,
    mode,
    python,
    counts,
    repeat,
    timeoutSeconds,
    productFolder,
    signal: stopper.signal,
    onBegin: (workers) => progress.show(`${workers} ${workers === 1 ? 'worker' : 'workers'}`),
  });
  progress.clear();
  if (stopper.signal.aborted) {
    writeAll(STDERR, [`interleave: Stopped after ${figures.length} runs; nothing is said about so few.\n`]);
    return STOPPED;
  }
  const found = scaling({ function: called, inputs, mode }, figures, stopped);
  if (command.json !== undefined) writeOutput(command.json, [`${JSON.stringify(found, null, 2)}\n`]);
  if (command.json !== '-') writeAll(STDERR, [scalingText(found)]);
  return found.points.length > 1 ? 0 : NOTHING_MEASURED;
}
