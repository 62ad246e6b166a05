/** What a run says about a finding of the linter: facts are written as `LINE,LINE RULE CERTAINTY UNITS`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Certainty, Finding } from '../../../../common/finding';
import type { Site, Unit, UnitKind } from '../../../../common/trace';
import { type Observable, observedSentence, type RunFacts, runInFile } from '../../../../src/engine/lint/observed';

const FILE = '/p/cache.py';

interface Drawn {
  readonly found?: readonly string[];
  readonly accessed?: readonly number[];
  readonly isPartial?: boolean;
}

function run({ found = [], accessed = [], isPartial = false }: Drawn): RunFacts {
  const sites: Site[] = [];
  const units: Unit[] = [];
  const siteOf = (line: number): number => sites.push({ file: FILE, line } as Site);
  const unitOf = (kind: UnitKind): number => units.push({ kind } as Unit) - 1;
  const findings = found.map((text) => {
    const [lines = '', rule = '', certainty, kinds = ''] = text.split(' ');
    return {
      rule,
      certainty: certainty as Certainty,
      locations: lines.split(',').map((line) => ({ site: siteOf(Number(line)) })),
      units: kinds.split(',').map((kind) => unitOf(kind as UnitKind)),
    } as unknown as Finding;
  });
  const reached = new Set(accessed.map(siteOf));
  return { sites, units, findings, isPartial, isAccessed: (site) => reached.has(site) };
}

function said(drawn: Drawn, finding: Partial<Observable> = {}, changedLines: readonly number[] = []): string {
  const observable = { line: 14, endLine: 14, related: [{ line: 31 }], observedAs: ['race.data'], ...finding };
  return observedSentence(observable, runInFile(run(drawn), FILE), (line) => !changedLines.includes(line));
}

describe('a run that shows the same', () => {
  test('says who and where, and how sure that is', () => {
    const found = (certainty: string): string => said({ found: [`31,14 race.data ${certainty} thread,thread`] });
    assert.equal(found('observed'), 'Observed in the last run: 2 threads, lines 14 and 31.');
    assert.equal(found('predicted'), 'The last run shows that it can happen: 2 threads, lines 14 and 31.');
    assert.equal(found('confirmed'), 'Confirmed by the last run: 2 threads, lines 14 and 31.');
    assert.equal(
      said({ found: ['14 race.data observed process,process,task'] }),
      'Observed in the last run: 2 processes and 1 task, line 14.',
    );
  });

  test('also by a related line, but not by another rule or another line', () => {
    assert.match(said({ found: ['31,40 race.data observed thread'] }), /lines 31 and 40/);
    assert.equal(said({ found: ['14 order.cycle observed thread'] }), '');
    assert.equal(said({ found: ['15 race.data observed thread'] }), '');
  });

  test('not when a line was changed since', () => {
    assert.equal(said({ found: ['31,14 race.data observed thread'] }, {}, [31]), '');
  });
});

describe('a run that found nothing there', () => {
  const nothing = 'The last run executed this line and reported nothing here.';

  test('says so where the line came to something shared', () => {
    assert.equal(said({ accessed: [14] }), nothing);
    assert.equal(said({ accessed: [15] }), '');
    assert.equal(said({ accessed: [14] }, { endLine: 15 }), '');
    assert.equal(said({ accessed: [14] }, { endLine: 90 }), nothing);
  });

  test('not when it cannot know', () => {
    assert.equal(said({ accessed: [14], isPartial: true }), '');
    assert.equal(said({ accessed: [14] }, { observedAs: ['order.cycle'] }), '');
    assert.equal(said({ accessed: [14] }, {}, [14]), '');
    assert.equal(said({ accessed: [14], found: ['14 atomicity.triple observed thread'] }), '');
  });
});
