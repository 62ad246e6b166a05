/** The left column: the name of each lane in view, and the one figure that matters for it. */
import { select } from 'd3-selection';
import { colourOf } from './colours';
import type { Lane } from './lanes';
import type { Store } from './store';
import { type Theme, unitColour } from './theme';
import { durationText, shareText } from './timeText';

export interface LaneNameCallbacks {
  toggled(lane: Lane): void;
  chosen(lane: Lane): void;
}

const RUNNING = 0;
const WAITING = 4;

export class LaneNames {
  private shown: readonly unknown[] = [];

  constructor(
    private readonly list: HTMLElement,
    private readonly callbacks: LaneNameCallbacks,
  ) {}

  draw(store: Store, lanes: readonly Lane[], selected: string, theme: Theme, now: number): void {
    const { callbacks } = this;
    const asked = [store.version, selected, theme, now, ...lanes];
    if (asked.length === this.shown.length && asked.every((value, i) => value === this.shown[i])) return;
    this.shown = asked;
    select(this.list)
      .selectAll<HTMLElement, Lane>('.lane-name')
      .data([...lanes], (lane) => lane.key)
      .join((enter) => {
        const row = enter.append('div').attr('role', 'treeitem');
        row.append('span').attr('class', 'twisty').attr('aria-hidden', 'true');
        row.append('span').attr('class', 'swatch').attr('aria-hidden', 'true');
        row.append('span').attr('class', 'name');
        row.append('span').attr('class', 'figure');
        // For hands alone: the keys H and I do the same.
        const marks = row.append('span').attr('class', 'marks').attr('aria-hidden', 'true');
        marks.append('span').attr('class', 'pin').text('⇱');
        marks.append('span').attr('class', 'hide').attr('title', 'Hide (H)').text('✕');
        row
          .on('click', (event: MouseEvent, lane) => {
            const onTwisty = event.target instanceof Element && event.target.classList.contains('twisty');
            if (onTwisty && lane.open !== undefined) callbacks.toggled(lane);
            else if (lane.kind === 'folded') callbacks.toggled(lane);
            else callbacks.chosen(lane);
          })
          .on(
            'dblclick',
            (_event, lane) => lane.open !== undefined && lane.kind !== 'folded' && callbacks.toggled(lane),
          );
        return row;
      })
      .attr(
        'class',
        (lane) =>
          `lane-name kind-${lane.kind}${lane.key === selected ? ' selected' : ''}${lane.pinned ? ' pinned' : ''}`,
      )
      .attr('id', (lane) => laneId(lane.key))
      .attr('aria-level', (lane) => lane.level + 1)
      .attr('aria-selected', (lane) => String(lane.key === selected))
      .attr('aria-expanded', (lane) => (lane.open === undefined ? null : String(lane.open)))
      .style('top', (lane) => `${lane.top}px`)
      .style('height', (lane) => `${lane.height}px`)
      .style('--level', (lane) => String(lane.level))
      .each(function (lane) {
        const [twisty, swatch, name, figure, marks] = this.children as unknown as HTMLElement[];
        write(twisty, lane.open === undefined ? '' : lane.open ? '▾' : '▸');
        const isColoured = lane.kind === 'thread' || lane.kind === 'task' || lane.kind === 'job';
        swatch.hidden = !isColoured;
        if (isColoured) swatch.style.backgroundColor = unitColour(theme, colourOf(store, lane.unit));
        write(name, lane.name);
        if (name.title !== lane.name) name.title = lane.name;
        const words = laneFigure(store, lane, now);
        write(figure, words.text);
        figure.title = words.title;
        figure.classList.toggle('bad', words.isBad);
        const pin = marks.firstElementChild as HTMLElement;
        const pinWords = lane.pinned ? 'Back in its place (I)' : 'Pin to the top (I)';
        if (pin.title !== pinWords) pin.title = pinWords;
      });
  }
}

export function laneId(key: string): string {
  return `lane-${key.replace(/[^\w-]/g, '-')}`;
}

interface FigureWords {
  readonly text: string;
  readonly title: string;
  readonly isBad: boolean;
}

/** The one figure that matters for a lane. */
export function laneFigure(store: Store, lane: Lane, now: number): FigureWords {
  const plain = (text: string, title = ''): FigureWords => ({ text, title, isBad: false });
  const unit = lane.unit >= 0 && lane.kind !== 'core' ? store.units[lane.unit] : undefined;
  switch (lane.kind) {
    case 'cores':
      return plain(store.cores.source === 'none' ? 'unknown' : store.cores.source, store.cores.reason);
    case 'note':
      return plain('', store.cores.reason);
    case 'core': {
      const open = store.openCoreSpans.find((span) => span.core === lane.unit);
      const busy = (store.coreTracks[lane.unit]?.total ?? 0) + (open ? Math.max(0, now - open.start) : 0);
      return plain(now > 0 ? shareText(busy / now) : '', 'busy with this program, of the whole run');
    }
    case 'band':
      return plain(
        store.run.gil ? 'GIL' : 'no GIL',
        store.run.gil
          ? 'How many threads run at once; the line: how many would, if they could. With the GIL one thread at a time runs Python in each interpreter.'
          : 'How many threads run at once; the line: how many would, if they could. A free-threaded Python.',
      );
    case 'process':
      if (unit?.state === 'killed') return { text: `pid ${unit.pid} · killed`, title: '', isBad: true };
      return plain(unit && unit.pid > 0 ? `pid ${unit.pid}` : '', unit?.how ?? '');
    case 'interpreter':
      return plain('interpreter');
    case 'loop':
      return plain(`${lane.members.length.toLocaleString('en')} ${lane.members.length === 1 ? 'task' : 'tasks'}`);
    case 'jobs':
      return plain(lane.members.length.toLocaleString('en'));
    case 'folded':
    case 'objects':
    case 'moreObjects':
      return plain('');
    case 'object': {
      const waited = store.objectWaited[lane.object ?? -1] ?? 0;
      const longest = store.objectLongest[lane.object ?? -1];
      return longest ? plain(durationText(waited), 'all waits for it together') : plain('');
    }
    case 'thread':
    case 'task':
    case 'job':
      break;
  }
  if (!unit) return plain('');
  if (unit.state === 'failed' || unit.state === 'cancelled' || unit.state === 'killed')
    return { text: unit.state, title: waitsShare(store, unit.id, now), isBad: unit.state !== 'cancelled' };
  return plain(waitsShare(store, unit.id, now), 'of its life');
}

function waitsShare(store: Store, id: number, now: number): string {
  const unit = store.units[id];
  const begun = Number.isNaN(unit.start) ? unit.created : unit.start;
  const lived = (Number.isNaN(unit.end) ? now : unit.end) - begun;
  if (!(lived > 0)) return '';
  if (unit.kind === 'job') return Number.isNaN(unit.start) ? 'queued' : '';
  const open = (store.openWaitsByUnit.get(id) ?? [])[0];
  const soFar = open ? Math.max(0, (Number.isNaN(open.end) ? now : open.end) - open.start) : 0;
  const waited = (store.unitWaits[id]?.total ?? 0) + soFar;
  const states = store.unitStates[id];
  if (waited > 0 || states?.[WAITING]) return `waits ${shareText(Math.min(1, waited / lived))}`;
  // A thread of which nothing is recorded but that it ran says so; "waits 0 %" would say it worse.
  const standing = store.openStateByUnit.get(id);
  const running =
    (states?.[RUNNING]?.total ?? 0) + (standing?.state === RUNNING ? Math.max(0, now - standing.start) : 0);
  return running > 0 ? `runs ${shareText(Math.min(1, running / lived))}` : '';
}

function write(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
