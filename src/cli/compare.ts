/** `interleave compare`: runs a function in each mode, and says which one its work needs. */
import { resolve } from 'node:path';
import { compareRuns } from '../engine/compare/compareRuns';
import { compareText } from '../engine/compare/compareText';
import { compareModes } from '../session/compare';
import { candidatesOnPath, findInterpreter, type Interpreter, named } from '../session/interpreter';
import { Failure } from '../support/failure';
import type { CompareCommand } from './arguments';
import { STDERR, writeAll, writeOutput } from './output';
import { progressLine } from './progressLine';
import { assertReadableProgram, checkOutputs } from './run';

const NOTHING_COMPARED = 1;
const STOPPED = 130;

/** Resolves to the exit status. Rejects with a Failure for wrong use. */
export async function compare(command: CompareCommand, productFolder: string): Promise<number> {
  assertReadableProgram(command.file);
  checkOutputs({ '--json': command.json });
  const pythons = await pythonsOf(command.pythons);
  const { modes, repeat, timeoutSeconds } = command;
  const request = { function: command.function, inputs: command.inputs, workers: command.workers };
  const stopper = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopper.abort());
  const progress = progressLine(modes.length * pythons.length * repeat);
  const { figures, skipped } = await compareModes({
    ...request,
    file: resolve(command.file),
    cwd: process.cwd(),
    modes,
    pythons,
    repeat,
    timeoutSeconds,
    productFolder,
    signal: stopper.signal,
    onBegin: (mode, { version }) => progress.show(`${mode}${pythons.length > 1 ? ` on Python ${version}` : ''}`),
  });
  progress.clear();
  if (stopper.signal.aborted) {
    writeAll(STDERR, [`interleave: Stopped after ${figures.length} runs; nothing is said about so few.\n`]);
    return STOPPED;
  }
  if (figures.length === 0)
    throw new Failure(`${command.function} cannot be compared: ${skipped[0]?.reason ?? 'nothing was run.'}`);
  const found = compareRuns(request, figures, skipped);
  if (command.json !== undefined) writeOutput(command.json, [`${JSON.stringify(found, null, 2)}\n`]);
  if (command.json !== '-') writeAll(STDERR, [compareText(found)]);
  return new Set(found.runs.map(({ mode }) => mode)).size > 1 ? 0 : NOTHING_COMPARED;
}

/** Each once, in the order in which the user named them. */
async function pythonsOf(paths: readonly string[]): Promise<Interpreter[]> {
  if (paths.length === 0) return [await findInterpreter(candidatesOnPath())];
  const found: Interpreter[] = [];
  for (const path of paths) {
    const python = await findInterpreter([named(path, '--python')]);
    if (!found.some((known) => known.path === python.path)) found.push(python);
  }
  return found;
}
