/** What all our documents of SARIF 2.1.0 (OASIS) have in common: the tool, its rules, and how files are named. */
import type { Severity } from '../../../common/finding';

export interface SarifOptions {
  /** Version of this product. */
  readonly version: string;
  /** Absolute path of the folder to which files are relative. */
  readonly root: string;
  /** Page of a rule: its address, and its text in Markdown. */
  readonly pageOf: (rule: string) => { readonly address: string; readonly text: string };
}

export interface SarifRule {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly tags: readonly string[];
}

/** One run of the tool. */
export interface SarifRun {
  readonly rules: readonly SarifRule[];
  readonly invocation: object;
  readonly results: readonly object[];
}

export const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const ROOT = 'ROOT';

export function* sarifDocument({ rules, invocation, results }: SarifRun, options: SarifOptions): Generator<string> {
  const run = {
    tool: {
      driver: {
        name: 'Interleave',
        version: options.version,
        rules: rules.map((rule) => ruleOf(rule, options)),
      },
    },
    originalUriBaseIds: { [ROOT]: { uri: fileAddress(`${options.root.replace(/[\\/]$/, '')}/`) } },
    invocations: [invocation],
    columnKind: 'utf16CodeUnits',
    results,
  };
  yield `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function ruleOf({ id, title, severity, tags }: SarifRule, { pageOf }: SarifOptions): object {
  const { address, text } = pageOf(id);
  return {
    id,
    shortDescription: { text: title },
    helpUri: address,
    ...(text === '' ? {} : { help: { text, markdown: text } }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['concurrency', ...tags] },
  };
}

/** A place of a finding; what is not known is left out. */
export interface SarifPlace {
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine?: number;
  readonly endColumn?: number;
}

export class Places {
  private readonly start: string;

  constructor(root: string) {
    this.start = `${root.replaceAll('\\', '/').replace(/\/$/, '')}/`;
  }

  of(place: SarifPlace): object {
    const region = regionOf(place);
    return { physicalLocation: { artifactLocation: this.artifact(place.file ?? ''), ...(region ? { region } : {}) } };
  }

  artifact(path: string): object {
    const isBelow = path.replaceAll('\\', '/').startsWith(this.start);
    return isBelow ? { uri: this.relative(path), uriBaseId: ROOT } : { uri: fileAddress(path) };
  }

  /** Address below the root; of a file elsewhere the whole one. */
  relative(path: string): string {
    const slashed = path.replaceAll('\\', '/');
    return slashed.startsWith(this.start) ? encodePath(slashed.slice(this.start.length)) : fileAddress(path);
  }
}

export function regionOf({ line, column, endLine, endColumn }: Omit<SarifPlace, 'file'>): object | undefined {
  if (line === null) return undefined;
  return { startLine: line, ...(column === null ? {} : { startColumn: column }), endLine, endColumn };
}

/** `file:///home/me/prog.py`, `file:///C:/prog.py`. */
function fileAddress(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return `file://${slashed.startsWith('/') ? '' : '/'}${encodePath(slashed)}`;
}

function encodePath(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':'))
    .join('/');
}
