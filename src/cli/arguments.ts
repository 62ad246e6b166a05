import { MODES, type Mode } from '../../common/trace';
import { EXPORT_FORMATS, type ExportFormat } from '../session/exportTrace';
import type { RaceSetting } from '../session/raceMode';
import { Failure } from '../support/failure';

/** What the user asked the command line for. */
export type CliCommand =
  | RunCommand
  | ReportCommand
  | ConfirmCommand
  | LintCommand
  | CompareCommand
  | ScalingCommand
  | { readonly kind: 'dump'; readonly trace: string }
  | { readonly kind: 'export'; readonly trace: string; readonly format: ExportFormat; readonly file: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

/** What becomes of the findings, besides the report. */
export interface FindingOptions {
  /** The least grave finding that makes the exit status 70; undefined: none does. */
  readonly failOn: FailOn | undefined;
  /** File for the findings as SARIF, `-` for stdout. */
  readonly sarif: string | undefined;
}

export interface ReportCommand extends FindingOptions {
  readonly kind: 'report';
  readonly trace: string;
  readonly json: string | undefined;
}

export interface ConfirmCommand {
  readonly kind: 'confirm';
  readonly trace: string;
  /** Number of the finding in the report, from 1, or the id of its rule. */
  readonly finding: string;
  readonly python: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly out: string | undefined;
  readonly json: string | undefined;
}

export interface LintCommand {
  readonly kind: 'lint';
  readonly paths: readonly string[];
  /** Words that name rules; undefined: the default ones. */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
  readonly fix: boolean;
  readonly json: string | undefined;
  readonly sarif: string | undefined;
}

export interface CompareCommand {
  readonly kind: 'compare';
  readonly file: string;
  readonly function: string;
  readonly inputs: string;
  /** 0 for the number of cores. */
  readonly workers: number;
  /** With sequential, which all others are measured by. */
  readonly modes: readonly Mode[];
  readonly repeat: number;
  /** Empty: the one on PATH. */
  readonly pythons: readonly string[];
  /** For each run. */
  readonly timeoutSeconds: number | undefined;
  readonly json: string | undefined;
}

export interface ScalingCommand {
  readonly kind: 'scaling';
  readonly file: string;
  readonly function: string;
  readonly inputs: string;
  readonly mode: Mode;
  /** The most workers, 0 for twice the number of cores. */
  readonly most: number;
  readonly repeat: number;
  readonly python: string | undefined;
  /** For each run. */
  readonly timeoutSeconds: number | undefined;
  readonly json: string | undefined;
}

export interface RunCommand extends FindingOptions {
  readonly kind: 'run';
  readonly file: string;
  readonly args: readonly string[];
  readonly mode: Mode;
  readonly function: string;
  readonly inputs: string;
  /** 0 for the number of cores. */
  readonly workers: number;
  readonly python: string | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly spans: boolean;
  readonly lines: boolean;
  readonly race: RaceSetting;
  readonly out: string | undefined;
  /** File for the report as JSON, `-` for stdout; undefined: the report follows as text. */
  readonly json: string | undefined;
}

/** Severities that can make a run fail. */
export const FAIL_ON = ['error', 'warning'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** Options of each command; true: takes a value. */
const OPTIONS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  run: {
    '--mode': true,
    '--function': true,
    '--inputs': true,
    '--workers': true,
    '--python': true,
    '--timeout': true,
    '--no-spans': false,
    '--lines': false,
    '--race': false,
    '--no-race': false,
    '--fail-on': true,
    '--sarif': true,
    '--out': true,
    '--json': true,
  },
  report: { '--json': true, '--fail-on': true, '--sarif': true },
  confirm: { '--python': true, '--timeout': true, '--out': true, '--json': true },
  compare: {
    '--function': true,
    '--inputs': true,
    '--workers': true,
    '--modes': true,
    '--repeat': true,
    '--python': true,
    '--timeout': true,
    '--json': true,
  },
  scaling: {
    '--function': true,
    '--inputs': true,
    '--mode': true,
    '--max': true,
    '--repeat': true,
    '--python': true,
    '--timeout': true,
    '--json': true,
  },
  lint: { '--json': true, '--sarif': true, '--select': true, '--ignore': true, '--fix': false },
  dump: {},
  export: { '--to': true },
};

/** Options that may be given several times; their values are kept with this between them, which no path has. */
const REPEATABLE: ReadonlySet<string> = new Set(['compare --python']);
const BETWEEN = '\0';

const SEE_HELP = 'see interleave --help';
const MOST_WORKERS = 1024;
const MOST_REPEATS = 1000;
/** The least of which the median leaves out one run that was disturbed. */
const USUAL_REPEATS = 3;
// What a timer of Node can hold.
const LONGEST_TIMEOUT_SECONDS = 2_147_483;

/** Understands the command line (without node and the script). Throws a Failure with one sentence for wrong use. */
export function parseCommandLine(argv: readonly string[]): CliCommand {
  const [name, ...rest] = argv;
  if (name === undefined) throw new Failure(`Nothing to do: name a command, e.g. interleave run FILE; ${SEE_HELP}.`);
  if (name === '--help' || name === '-h' || name === 'help') return { kind: 'help' };
  if (name === '--version' || name === '-V') return { kind: 'version' };
  const known = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (!known)
    throw new Failure(`There is no command ${name}; there are ${Object.keys(OPTIONS).join(', ')}; ${SEE_HELP}.`);
  const ours = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (ours.includes('--help') || ours.includes('-h')) return { kind: 'help' };
  const { options, operands, args } = split(name, known, rest);
  if (name === 'run') return runCommand(options, operands, args);
  if (name === 'lint') return lintCommand(options, [...operands, ...args]);
  if (args.length > 0) throw new Failure(`interleave ${name} takes no arguments behind --; ${SEE_HELP}.`);
  if (name === 'confirm') return confirmCommand(options, operands);
  if (name === 'compare') return compareCommand(options, operands);
  if (name === 'scaling') return scalingCommand(options, operands);
  if (name === 'report') return reportCommand(options, operands);
  if (name === 'dump') return { kind: 'dump', trace: only(name, 'TRACE', operands) };
  return exportCommand(options, operands);
}

interface Parts {
  readonly options: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
  /** What lies behind `--`. */
  readonly args: readonly string[];
}

function split(command: string, known: Readonly<Record<string, boolean>>, words: readonly string[]): Parts {
  const options = new Map<string, string>();
  const operands: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === '--') return { options, operands, args: words.slice(i + 1) };
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const takesValue = Object.hasOwn(known, name) ? known[name] : undefined;
    if (takesValue === undefined) {
      const hint = command === 'run' ? `; the program's own arguments come behind --` : '';
      throw new Failure(`interleave ${command} has no option ${name}${hint}; ${SEE_HELP}.`);
    }
    const isRepeatable = REPEATABLE.has(`${command} ${name}`);
    if (options.has(name) && !isRepeatable) throw new Failure(`The option ${name} is given twice; give it once.`);
    if (!takesValue && equals >= 0) throw new Failure(`The option ${name} takes no value.`);
    let value = equals < 0 ? '' : word.slice(equals + 1);
    if (takesValue && equals < 0) {
      const next = words[++i];
      // A value that begins with a dash is given with `=`; without it is a forgotten one.
      if (next === undefined || next === '--' || (next.startsWith('--') && Object.hasOwn(known, next)))
        throw new Failure(`The option ${name} needs a value; ${SEE_HELP}.`);
      value = next;
    }
    const before = options.get(name);
    options.set(name, before === undefined ? value : `${before}${BETWEEN}${value}`);
  }
  return { options, operands, args: [] };
}

function runCommand(
  options: ReadonlyMap<string, string>,
  operands: readonly string[],
  args: readonly string[],
): RunCommand {
  if (operands.length > 1)
    throw new Failure(
      `interleave run takes one FILE, not ${operands.join(' and ')}; the program's own arguments come behind --.`,
    );
  const file = only('run', 'FILE', operands);
  const called = options.get('--function');
  const mode = modeOf(options.get('--mode'), called !== undefined);
  const inputs = options.get('--inputs');
  if (mode === 'as-written') {
    if (called !== undefined)
      throw new Failure('The mode as-written runs the whole file; leave --function out, or choose another --mode.');
    for (const name of ['--inputs', '--workers']) {
      if (options.has(name)) throw new Failure(`${name} needs --function, the function that it is for.`);
    }
  } else {
    if (!called) throw new Failure(`The mode ${mode} needs --function, the function to call.`);
    if (!inputs)
      throw new Failure(`--function needs --inputs, an expression with one item for each call, e.g. "range(8)".`);
  }
  return {
    kind: 'run',
    file,
    args,
    mode,
    function: called ?? '',
    inputs: inputs ?? '',
    workers: wholeNumber('--workers', options.get('--workers')),
    python: notEmpty('--python', options.get('--python')),
    timeoutSeconds: seconds('--timeout', options.get('--timeout')),
    spans: !options.has('--no-spans'),
    lines: linesOf(options),
    race: raceOf(options),
    out: notEmpty('--out', options.get('--out')),
    json: notEmpty('--json', options.get('--json')),
    ...findingOptions(options),
  };
}

function reportCommand(options: ReadonlyMap<string, string>, operands: readonly string[]): ReportCommand {
  return {
    kind: 'report',
    trace: only('report', 'TRACE', operands),
    json: options.get('--json'),
    ...findingOptions(options),
  };
}

function confirmCommand(options: ReadonlyMap<string, string>, operands: readonly string[]): ConfirmCommand {
  const [trace, finding, ...more] = operands;
  if (!trace || !finding || more.length > 0)
    throw new Failure(
      `interleave confirm needs a TRACE and a FINDING, its number in the report or its rule; ${SEE_HELP}.`,
    );
  return {
    kind: 'confirm',
    trace,
    finding,
    python: notEmpty('--python', options.get('--python')),
    timeoutSeconds: seconds('--timeout', options.get('--timeout')),
    out: notEmpty('--out', options.get('--out')),
    json: notEmpty('--json', options.get('--json')),
  };
}

function compareCommand(options: ReadonlyMap<string, string>, operands: readonly string[]): CompareCommand {
  const file = only('compare', 'FILE', operands);
  const { called, inputs } = calledWith('compare', options);
  const pythons = options.get('--python')?.split(BETWEEN) ?? [];
  for (const python of pythons) notEmpty('--python', python);
  return {
    kind: 'compare',
    file,
    function: called,
    inputs,
    workers: wholeNumber('--workers', options.get('--workers')),
    modes: comparedModes(options),
    repeat: wholeNumber('--repeat', options.get('--repeat'), MOST_REPEATS) || USUAL_REPEATS,
    pythons,
    timeoutSeconds: seconds('--timeout', options.get('--timeout')),
    json: notEmpty('--json', options.get('--json')),
  };
}

function scalingCommand(options: ReadonlyMap<string, string>, operands: readonly string[]): ScalingCommand {
  const file = only('scaling', 'FILE', operands);
  const { called, inputs } = calledWith('scaling', options);
  const modes = MODES.filter((mode) => mode !== 'as-written' && mode !== 'sequential');
  const word = options.get('--mode') ?? 'thread';
  const mode = modes.find((each) => each === word);
  if (!mode) throw new Failure(`There is no mode ${word} with workers; there are ${modes.join(', ')}.`);
  return {
    kind: 'scaling',
    file,
    function: called,
    inputs,
    mode,
    most: wholeNumber('--max', options.get('--max'), MOST_WORKERS),
    repeat: wholeNumber('--repeat', options.get('--repeat'), MOST_REPEATS) || USUAL_REPEATS,
    python: notEmpty('--python', options.get('--python')),
    timeoutSeconds: seconds('--timeout', options.get('--timeout')),
    json: notEmpty('--json', options.get('--json')),
  };
}

function calledWith(
  name: string,
  options: ReadonlyMap<string, string>,
): { readonly called: string; readonly inputs: string } {
  const called = options.get('--function');
  const inputs = options.get('--inputs');
  if (!called) throw new Failure(`interleave ${name} needs --function, the function to call.`);
  if (!inputs)
    throw new Failure(`interleave ${name} needs --inputs, an expression with one item for each call, e.g. "range(8)".`);
  return { called, inputs };
}

/** In the order of MODES; sequential in any case. */
function comparedModes(options: ReadonlyMap<string, string>): Mode[] {
  const modes = MODES.filter((mode) => mode !== 'as-written');
  if (!options.has('--modes')) return modes;
  const words = wordsOf('--modes', options);
  for (const word of words) {
    if (!modes.some((mode) => mode === word))
      throw new Failure(`There is no mode ${word} to compare; there are ${modes.join(', ')}.`);
  }
  return modes.filter((mode) => mode === 'sequential' || words.includes(mode));
}

function lintCommand(options: ReadonlyMap<string, string>, paths: readonly string[]): LintCommand {
  if (paths.length === 0) throw new Failure(`interleave lint needs PATHS, files or folders; ${SEE_HELP}.`);
  return {
    kind: 'lint',
    paths,
    select: options.has('--select') ? wordsOf('--select', options) : undefined,
    ignore: options.has('--ignore') ? wordsOf('--ignore', options) : [],
    fix: options.has('--fix'),
    json: notEmpty('--json', options.get('--json')),
    sarif: notEmpty('--sarif', options.get('--sarif')),
  };
}

/** At least one, separated by commas. */
function wordsOf(name: string, options: ReadonlyMap<string, string>): string[] {
  const words = (options.get(name) ?? '').split(/[,\s]+/).filter((word) => word !== '');
  notEmpty(name, words[0] ?? '');
  return words;
}

function findingOptions(options: ReadonlyMap<string, string>): FindingOptions {
  const text = options.get('--fail-on');
  const failOn = FAIL_ON.find((known) => known === text);
  if (text !== undefined && !failOn)
    throw new Failure(`--fail-on must be ${FAIL_ON.join(' or ')}, not ${text || 'nothing'}.`);
  return { failOn, sarif: notEmpty('--sarif', options.get('--sarif')) };
}

function linesOf(options: ReadonlyMap<string, string>): boolean {
  if (options.has('--lines') && options.has('--no-spans'))
    throw new Failure('--lines needs the functions, which --no-spans leaves out; give one of them.');
  return options.has('--lines');
}

function raceOf(options: ReadonlyMap<string, string>): RaceSetting {
  if (options.has('--race') && options.has('--no-race'))
    throw new Failure('--race and --no-race exclude each other; give one of them.');
  return options.has('--race') ? 'on' : options.has('--no-race') ? 'off' : 'auto';
}

function exportCommand(options: ReadonlyMap<string, string>, operands: readonly string[]): CliCommand {
  const format = EXPORT_FORMATS.find((known) => known === options.get('--to'));
  if (!format)
    throw new Failure(
      `interleave export needs --to with one of ${EXPORT_FORMATS.join(', ')}${options.has('--to') ? `, not ${options.get('--to')}` : ''}.`,
    );
  const [trace, file, ...more] = operands;
  if (trace === undefined || file === undefined || more.length > 0)
    throw new Failure(`interleave export needs a TRACE and the FILE to write; ${SEE_HELP}.`);
  return { kind: 'export', trace, format, file };
}

function modeOf(text: string | undefined, hasFunction: boolean): Mode {
  if (text === undefined) return hasFunction ? 'sequential' : 'as-written';
  const mode = MODES.find((known) => known === text);
  if (!mode) throw new Failure(`There is no mode ${text}; there are ${MODES.join(', ')}.`);
  return mode;
}

function only(command: string, what: string, operands: readonly string[]): string {
  const [first, ...more] = operands;
  if (!first || more.length > 0)
    throw new Failure(
      `interleave ${command} needs one ${what}${more.length > 0 ? `, not ${operands.join(' and ')}` : ''}; ${SEE_HELP}.`,
    );
  return first;
}

function notEmpty(name: string, text: string | undefined): string | undefined {
  if (text === '') throw new Failure(`The option ${name} needs a value; ${SEE_HELP}.`);
  return text;
}

function wholeNumber(name: string, text: string | undefined, most = MOST_WORKERS): number {
  if (text === undefined) return 0;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new Failure(`${name} must be a whole number from 1 to ${most}, not ${text || 'nothing'}.`);
  return value;
}

function seconds(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value > 0) || value > LONGEST_TIMEOUT_SECONDS)
    throw new Failure(`${name} must be a number of seconds above 0, not ${text || 'nothing'}.`);
  return value;
}
