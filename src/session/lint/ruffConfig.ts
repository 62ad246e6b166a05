/** What ruff is configured to report for a file: by the nearest configuration above it, as ruff itself looks for it. */
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { parse } from 'smol-toml';
import type { RuffSelection } from '../../engine/lint/otherLinters';

/** The editor's settings for ruff, which go before those of files. */
export interface RuffSettings {
  readonly select?: readonly string[];
  readonly extendSelect?: readonly string[];
  readonly ignore?: readonly string[];
}

/** What ruff selects when nothing else is said. */
const DEFAULT_SELECTION: readonly string[] = ['E4', 'E7', 'E9', 'F'];
/** In this order, as ruff prefers them in one folder. */
const FILES: readonly string[] = ['.ruff.toml', 'ruff.toml', 'pyproject.toml'];
/** Of configurations that extend others; more is a circle. */
const MOST_DEPTH = 5;

export function isRuffConfig(path: string): boolean {
  return FILES.some((name) => path.endsWith(`/${name}`) || path.endsWith(`\\${name}`));
}

export function ruffSelection(folder: string, { select, extendSelect = [], ignore = [] }: RuffSettings): RuffSelection {
  const file = nearestConfig(folder);
  return {
    selected: [...(select ?? file.select ?? DEFAULT_SELECTION), ...file.extendSelect, ...extendSelect],
    ignored: [...file.ignore, ...ignore],
  };
}

interface Config {
  readonly select: readonly string[] | undefined;
  readonly extendSelect: readonly string[];
  readonly ignore: readonly string[];
}

const NOTHING: Config = { select: undefined, extendSelect: [], ignore: [] };

function nearestConfig(folder: string): Config {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of FILES) {
      const config = readConfig(join(at, name), 0);
      if (config) return config;
    }
    if (dirname(at) === at) return NOTHING;
  }
}

/** Undefined when there is none, or none for ruff. */
function readConfig(path: string, depth: number): Config | undefined {
  const whole = readToml(path);
  const table = path.endsWith('pyproject.toml') ? entryOf(entryOf(whole, 'tool'), 'ruff') : whole;
  if (!isTable(table)) return undefined;
  const base = typeof table.extend === 'string' && depth < MOST_DEPTH ? extended(path, table.extend, depth) : NOTHING;
  // What is for linting has a table of its own since ruff 0.1; the names at the top still count.
  const lint = (name: string): readonly string[] | undefined => words(entryOf(table.lint, name)) ?? words(table[name]);
  const ignore = lint('ignore');
  return {
    select: lint('select') ?? base.select,
    extendSelect: [...base.extendSelect, ...(lint('extend-select') ?? [])],
    ignore: [...(ignore ?? base.ignore), ...(lint('extend-ignore') ?? [])],
  };
}

function extended(path: string, target: string, depth: number): Config {
  const found = isAbsolute(target) ? target : join(dirname(path), target);
  return readConfig(found, depth + 1) ?? NOTHING;
}

function readToml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function entryOf(table: unknown, key: string): unknown {
  return isTable(table) ? table[key] : undefined;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
}
