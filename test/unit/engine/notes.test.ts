import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTES_FILE, notesFile } from '../../../src/engine/notes';
import { TRACE_DONE, Trace } from '../../../src/engine/trace';
import { drawTrace } from '../../support/drawTrace';
import { readWhole } from '../../support/readTrace';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const chunk = (text: string) => ({ file: NOTES_FILE, offset: 0, bytes: bytes(text), final: true });

test('notes come back as they were written, and the delta tells them when they change', () => {
  const trace = new Trace();
  const notes = [{ id: 1, time: 2e6, unit: 0, text: 'here it stands still' }];
  const first = trace.delta(null);
  assert.equal(first.delta.notes, null);
  trace.append(chunk(notesFile(notes)));
  const second = trace.delta(first.cursor);
  assert.deepEqual(second.delta.notes, notes);
  assert.equal(trace.delta(second.cursor).delta.notes, null);
  trace.append(chunk(notesFile([])));
  assert.deepEqual(trace.delta(second.cursor).delta.notes, []);
});

test('what is no note is left out', () => {
  const trace = new Trace();
  trace.append(chunk('{"notes":[1,{"id":2,"time":"x","text":""},{"id":3,"time":4,"unit":{},"text":"good"},null]}'));
  trace.append(chunk('{"notes":'));
  trace.append(TRACE_DONE);
  assert.deepEqual(trace.notes, [{ id: 3, time: 4, unit: -1, text: 'good' }]);
});

test("the program's own marks have a label, a place and a unit", () => {
  const trace = readWhole(
    drawTrace(`
       0 100.0 process_begin P how=program parent=1
       0 100.0 thread_begin Main tid=100 flags=1
       7 100.0 mark 0 name="phase 2" site=/home/me/prog.py:4@main
      10 100.0 process_end P
    `),
  );
  const [mark] = trace.marks;
  assert.equal(mark?.label, 'phase 2');
  assert.equal(mark?.time, 7000);
  assert.equal(trace.units[mark?.unit ?? -1]?.name, 'MainThread');
  assert.equal(trace.sites[(mark?.site ?? 0) - 1]?.line, 4);
});
