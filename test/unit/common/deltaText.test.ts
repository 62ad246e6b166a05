import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase64, decodeDelta, encodeBase64, encodeDelta } from '../../../common/deltaText';
import type { TraceDelta } from '../../../common/protocol';
import { Table } from '../../../common/table';
import {
  CORE_COLUMNS,
  DEPTH_COLUMNS,
  HOLD_COLUMNS,
  SPAN_COLUMNS,
  STATE_COLUMNS,
  WAIT_COLUMNS,
} from '../../../common/trace';

test('base64 is that of everybody else, for each length', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length) & 255);
    const text = encodeBase64(bytes);
    assert.equal(text, Buffer.from(bytes).toString('base64'));
    assert.deepEqual(new Uint8Array(decodeBase64(text)), bytes);
  }
  const long = Uint8Array.from({ length: 10_000 }, (_, i) => i & 255);
  assert.deepEqual(new Uint8Array(decodeBase64(encodeBase64(long))), long);
});

test('a delta comes back as it was, and cannot end a script element', () => {
  const spans = new Table(SPAN_COLUMNS);
  for (let i = 0; i < 3; i++) {
    const row = spans.add();
    spans.columns.start[row] = 10.5 * i;
    spans.columns.end[row] = 10.5 * i + 4;
    spans.columns.site[row] = i;
  }
  const delta: TraceDelta = {
    kind: 'delta',
    reset: true,
    now: 40,
    run: {
      file: '/a/</script>.py',
      mode: 'as-written',
      function: '',
      inputs: '',
      workers: 0,
      python: '3.13.0',
      gil: true,
      race: true,
      exitCode: 0,
      wallNs: 40,
      state: { kind: 'ended', how: 'exited' },
    },
    cores: { source: 'exact', count: 2, reason: '' },
    units: [
      {
        id: 0,
        kind: 'thread',
        name: 'a',
        function: '',
        parent: -1,
        startedBy: -1,
        pid: 1,
        tid: 1,
        start: 0,
        end: NaN,
        created: NaN,
        state: 'running',
        site: 0,
        how: '',
      },
    ],
    sitesFrom: 0,
    sites: [],
    objects: [],
    spans: spans.slice(0),
    waits: new Table(WAIT_COLUMNS).slice(0),
    holds: new Table(HOLD_COLUMNS).slice(0),
    coreSpans: new Table(CORE_COLUMNS).slice(0),
    states: new Table(STATE_COLUMNS).slice(0),
    depths: new Table(DEPTH_COLUMNS).slice(0),
    openSpans: [],
    openWaits: [{ unit: 0, thread: 0, start: 5, operation: 1, object: 0, target: 0, heldBy: 0, site: 0, end: NaN }],
    openCoreSpans: [],
    openStates: [],
    findings: [
      {
        id: 0,
        rule: 'race.data',
        title: 'Data race',
        kind: 'race',
        severity: 'error',
        certainty: 'predicted',
        grade: 'real',
        message: 'Both write.',
        locations: [
          { site: 1, role: 'writes x', unit: 0, time: 12 },
          { site: 2, role: 'started', unit: -1, time: Number.NaN },
        ],
        units: [0],
        objects: [],
        count: 2,
      },
    ],
    advice: null,
    marks: [{ time: 7, unit: 0, label: 'two', site: 0 }],
    notes: [{ id: 1, time: 9, unit: -1, text: 'look' }],
    problems: [],
    dropped: 0,
  };
  const text = encodeDelta(delta);
  assert.ok(!text.includes('<'));
  assert.deepEqual(decodeDelta(text), delta);
});
