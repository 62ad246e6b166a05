/** Editor and timeline point at each other: a line is outlined where it ran, and what is selected has its lines marked. */
import type { HostMessage, LineStretch, ShowLine } from '../../common/protocol';
import type { Feature, Instrument, Surface } from '../feature';
import { findingOf } from '../findings';
import { HEADING_HEIGHT, LANE_HEIGHT } from '../lanes';
import { findSpan, findWait, type Selection, selectionAt } from '../selection';
import type { Store } from '../store';
import { placeWords } from '../words';
import { extentOf, longestOf, outlinesOf, stretchesOfLine } from './lineStretches';

export function lines(instrument: Instrument): Feature {
  const { store, chart, choices, time, host } = instrument;
  let line: ShowLine | undefined;
  let stretches: readonly LineStretch[] = [];
  let posted = '[]';

  const jump = (): void => {
    const longest = longestOf(stretches, instrument.now());
    if (!longest) return;
    if (stretches.length === 1) return choices.jump(selectionAt(store, longest.unit, longest.from));
    choices.jump({ kind: 'unit', unit: longest.unit });
    const { from, to } = extentOf(stretches, instrument.now());
    const margin = Math.max((to - from) * 0.05, 1000);
    time.glideTo(from - margin, to + margin);
  };
  const receive = (message: HostMessage): void => {
    if (message.kind !== 'showLine') return;
    line = message.line > 0 ? message : undefined;
    stretches = message.stretches ?? stretchesOfLine(store, message.file, message.line);
    if (!message.isHint) {
      jump();
      instrument.say(line ? wordsOf(line, stretches.length) : '');
    }
    instrument.changed();
  };
  /** Tells the editor when something else is selected. */
  const tellSelected = (): void => {
    if (!host.isConnected) return;
    const places = choices.selection ? placesOf(store, choices.selection) : [];
    const words = JSON.stringify(places);
    if (words === posted) return;
    posted = words;
    host.post({ kind: 'selected', places });
  };
  return {
    receive,
    refresh: tellSelected,
    paintChart: (surface, scrollTop) => {
      if (!line || stretches.length === 0) return;
      paintOutlines(surface, scrollTop);
      paintName(surface, wordsOf(line, stretches.length));
    },
    paintMinimap: ({ context, x, theme, height }) => {
      if (!line) return;
      context.fillStyle = theme.foreground;
      for (const { x0, x1 } of outlinesOf(stretches, () => 0, x, Number.POSITIVE_INFINITY, instrument.now()))
        context.fillRect(x0, height - 2, x1 - x0, 2);
    },
    takesBack: () => {
      const wasShown = line !== undefined && !line.isHint;
      if (wasShown) line = undefined;
      return wasShown;
    },
    forget: () => {
      line = undefined;
      stretches = [];
    },
  };

  function paintOutlines({ context, x, width, height, theme }: Surface, scrollTop: number): void {
    context.strokeStyle = theme.foreground;
    context.lineWidth = 1.5;
    context.setLineDash([4, 2]);
    for (const { lane: place, x0, x1 } of outlinesOf(stretches, chart.laneOfUnit, x, width, instrument.now())) {
      const lane = chart.lanes[place];
      const top = lane.top - scrollTop;
      const isHeading = lane.kind === 'process' || lane.kind === 'interpreter';
      const high = isHeading ? HEADING_HEIGHT : LANE_HEIGHT;
      if (top > height || top + high < 0) continue;
      context.strokeRect(
        Math.max(-4, x0) + 0.75,
        top + 1.75,
        Math.min(width + 8, x1 - Math.max(-4, x0)) - 1.5,
        high - 3.5,
      );
    }
    context.setLineDash([]);
  }
}

/** What the outlines are about, in the upper right corner. */
function paintName({ context, theme, width }: Surface, words: string): void {
  context.font = `${theme.fontPixels}px ${theme.font}`;
  context.textBaseline = 'middle';
  const wide = context.measureText(words).width + 12;
  const left = Math.max(2, width - wide - 6);
  context.fillStyle = theme.background;
  context.fillRect(left, 4, wide, 18);
  context.strokeStyle = theme.foreground;
  context.lineWidth = 1;
  context.setLineDash([4, 2]);
  context.strokeRect(left + 0.5, 4.5, wide - 1, 17);
  context.setLineDash([]);
  context.fillStyle = theme.foreground;
  context.fillText(words, left + 6, 13.5);
}

/** `relay.py:15: 9× · 2.1 s · waited 1.9 s`. */
function wordsOf({ file, line, figures }: ShowLine, count: number): string {
  const place = placeWords({ file, line, function: '', column: -1, endLine: 0, endColumn: -1 });
  if (count === 0) return `${place} did not run`;
  return figures ? `${place}: ${figures}` : place;
}

/** The lines of what is selected; of a call that of its function. */
function placesOf(store: Store, selection: Selection): { file: string; line: number }[] {
  const sites = sitesOf(store, selection).flatMap((reference) => store.site(reference) ?? []);
  return sites.filter(({ line }) => line > 0).map(({ file, line }) => ({ file, line }));
}

function sitesOf(store: Store, selection: Selection): number[] {
  if (selection.kind === 'wait') return [findWait(store, selection.unit, selection.start)?.site ?? 0];
  if (selection.kind === 'span') return [findSpan(store, selection)?.site ?? 0];
  if (selection.kind === 'finding') return (findingOf(store, selection.id)?.locations ?? []).map(({ site }) => site);
  return [];
}
