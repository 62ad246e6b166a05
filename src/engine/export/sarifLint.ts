/**
 * What the linter found as SARIF 2.1.0: a result at its place, with related places, and its fix.
 *
 * A place in a notebook has no lines in the file itself, so it is told in words.
 */
import type { FileFinding, FilePlace } from '../lint/fileFinding';
import { RULES } from '../lint/rules';
import { LEVELS, Places, regionOf, type SarifOptions, sarifDocument } from './sarifDocument';

export interface LintSarifOptions extends SarifOptions {
  /** Absolute path of a file. */
  readonly pathOf: (file: string) => string;
}

export function* lintSarif(findings: readonly FileFinding[], options: LintSarifOptions): Generator<string> {
  const found = new Set(findings.map(({ rule }) => rule));
  const rules = RULES.filter(({ id }) => found.has(id));
  const places = new Places(options.root);
  const seen = new Map<string, number>();
  const results = findings.map((finding) => {
    const file = options.pathOf(finding.file);
    // A line may move, its text stays; equal lines are counted.
    const text = [finding.rule, places.relative(file), finding.source.trim()].join('\n');
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return {
      ruleId: finding.rule,
      ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
      level: LEVELS[finding.severity],
      message: { text: finding.message },
      locations: [locationOf(places, file, finding)],
      relatedLocations: finding.related.map((place, index) => ({
        id: index + 1,
        ...locationOf(places, file, place),
        message: { text: place.text },
      })),
      partialFingerprints: { 'line/v1': `${text}\n${nth}` },
      ...fixesOf(places, file, finding),
    };
  });
  yield* sarifDocument(
    {
      rules: rules.map(({ id, title, severity }) => ({ id, title, severity, tags: ['lint'] })),
      invocation: { executionSuccessful: true },
      results,
    },
    options,
  );
}

function locationOf(places: Places, file: string, place: FilePlace): object {
  if (place.cell === undefined) return places.of({ file, ...fromOne(place) });
  const name = `cell ${place.cell}, line ${place.line}`;
  return {
    ...places.of({ file, line: null, column: null }),
    logicalLocations: [{ fullyQualifiedName: name, kind: 'module' }],
  };
}

function fixesOf(places: Places, file: string, { cell, fix }: FileFinding): object {
  if (!fix || cell !== undefined) return {};
  const replacements = fix.edits.map((edit) => ({
    deletedRegion: regionOf(fromOne(edit)),
    insertedContent: { text: edit.text },
  }));
  const change = { artifactLocation: places.artifact(file), replacements };
  return { fixes: [{ description: { text: fix.title }, artifactChanges: [change] }] };
}

/** Columns count from 1 in SARIF. */
function fromOne<T extends FilePlace>({ line, column, endLine, endColumn }: T) {
  return { line, column: column + 1, endLine, endColumn: endColumn + 1 };
}
