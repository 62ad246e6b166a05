import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Visited } from '../../../../webview/history/visited';

const visited = (): Visited<number> => new Visited<number>((one, other) => one === other);

describe('visited places', () => {
  it('go back and forth', () => {
    const places = visited();
    for (const [i, place] of [10, 20, 30].entries()) places.note(place, i * 1000);
    assert.equal(places.step(-1), 20);
    assert.equal(places.step(-1), 10);
    assert.equal(places.step(-1), undefined);
    assert.equal(places.step(1), 20);
    assert.equal(places.step(1), 30);
    assert.equal(places.step(1), undefined);
  });

  it('are one when they follow each other fast', () => {
    const places = visited();
    places.note(10, 0);
    for (let i = 1; i < 20; i++) places.note(10 + i, 1000 + i * 100);
    assert.equal(places.step(-1), 10);
    assert.equal(places.step(1), 29);
  });

  it('after a step back a new one takes the place of those ahead', () => {
    const places = visited();
    for (const [i, place] of [10, 20, 30].entries()) places.note(place, i * 1000);
    places.step(-1);
    places.note(25, 3000);
    assert.equal(places.step(1), undefined);
    assert.equal(places.step(-1), 20);
  });

  it('are not noted twice', () => {
    const places = visited();
    places.note(10, 0);
    places.note(10, 1000);
    assert.equal(places.step(-1), undefined);
  });
});
