/** What is seen in the panel right now, as the exports need it. */
import { colourOf } from '../colours';
import type { Instrument } from '../feature';
import { laneFigure } from '../laneNames';
import { loadOf } from '../load';
import { fileName } from '../words';
import type { Seen, SeenLane } from './svg';

const BAND_PIXELS = 4;

/** Undefined before anything was drawn. */
export function seenOf({ store, chart, choices, panel, time }: Instrument): Seen | undefined {
  const { drawn } = choices;
  if (!drawn) return undefined;
  const { view, theme, ticks, scrollTop, now } = drawn;
  const [from, to] = [Math.max(0, view.from), Math.min(view.to, now)];
  const parts = Math.max(1, Math.floor(((to - from) / time.length) * (view.width / BAND_PIXELS)));
  const load = to > from ? loadOf(store, from, to, parts, now) : undefined;
  const names = chart.lanes.slice(chart.first, chart.last).map((lane): SeenLane => {
    const { text, isBad } = laneFigure(store, lane, now);
    const hasColour = lane.kind === 'thread' || lane.kind === 'task' || lane.kind === 'job';
    return { lane, figure: text, isBad, colour: hasColour ? colourOf(store, lane.unit) : undefined };
  });
  const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  context.font = `${theme.fontPixels}px ${theme.font}`;
  return {
    title: fileName(store.run.file) || 'Timeline',
    theme,
    view,
    ticks,
    lanes: chart.lanes,
    names,
    bars: chart.bars,
    scrollTop,
    // Nothing is drawn below the last lane.
    height: Math.min(drawn.height, chart.height - scrollTop),
    namesWidth: panel.names.clientWidth,
    load,
    loadTop: Math.max(store.cores.count, 1, ...(load ? load.running.map((value, i) => value + load.wanting[i]) : [])),
    measure: (text) => context.measureText(text).width,
  };
}
