/** Measures between two points of time: V sets one end, then the other, and takes the ruler away. */
import type { Feature, Instrument, Surface } from '../feature';
import { stretchOf } from '../selection';
import { durationText } from '../timeText';
import { nextRuler, type Ruler, snapped } from './ruler';

const CAP_PIXELS = 7;
const LINE_Y = 14;

export function measure(instrument: Instrument): Feature {
  const { chart, choices, store, time } = instrument;
  let ruler: Ruler = {};

  /** The pointer's time, drawn to the edge of a bar that is near; without a pointer where the selection begins or ends. */
  const placeOfEnd = (): number => {
    const pointed = instrument.pointerTime();
    const view = choices.drawn?.view;
    if (!Number.isNaN(pointed) && view) {
      const perPixel = time.length / view.width;
      return time.from + snapped(chart.bars, (pointed - time.from) / perPixel) * perPixel;
    }
    const stretch = choices.selection && stretchOf(store, choices.selection, instrument.now());
    if (!stretch) return (time.from + time.to) / 2;
    return stretch.from === ruler.from ? stretch.to : stretch.from;
  };
  const press = (): void => {
    ruler = nextRuler(ruler, placeOfEnd());
    const { from, to } = ruler;
    if (from === undefined) instrument.say('The ruler is gone');
    else if (to === undefined) instrument.say('One end of the ruler is set; V sets the other');
    else instrument.say(`${durationText(Math.abs(to - from))} between the two points`);
  };
  return {
    commands: [
      { group: 'Figures', keys: ['v'], shown: 'V', words: 'measure: one end, the other, and off', run: press },
    ],
    paintChart: (surface) => {
      const { from } = ruler;
      if (from === undefined) return;
      const pointed = instrument.pointerTime();
      const to = ruler.to ?? (Number.isNaN(pointed) ? from : placeOfEnd());
      paintRuler(surface, Math.min(from, to), Math.max(from, to));
    },
    forget: () => {
      ruler = {};
    },
  };
}

function paintRuler({ context, x, theme, height, width }: Surface, from: number, to: number): void {
  const [x0, x1] = [x(from), x(to)];
  context.fillStyle = theme.focus;
  context.globalAlpha = 0.1;
  context.fillRect(x0, 0, x1 - x0, height);
  context.globalAlpha = 1;
  for (const end of [x0, x1]) context.fillRect(Math.round(end), 0, 1, height);
  if (to <= from) return;
  // 1. The line with its caps.
  context.fillRect(x0, LINE_Y, x1 - x0, 1);
  for (const end of [x0, x1]) context.fillRect(Math.round(end) - 1, LINE_Y - CAP_PIXELS / 2, 3, CAP_PIXELS);
  // 2. Its length, in a box that stays in view.
  const words = durationText(to - from);
  context.font = `${theme.fontPixels}px ${theme.font}`;
  context.textBaseline = 'middle';
  const wide = context.measureText(words).width + 12;
  const left = Math.max(2, Math.min(width - wide - 2, (Math.max(0, x0) + Math.min(width, x1)) / 2 - wide / 2));
  context.fillStyle = theme.background;
  context.fillRect(left, LINE_Y - 9, wide, 18);
  context.strokeStyle = theme.focus;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, LINE_Y - 8.5, wide - 1, 17);
  context.fillStyle = theme.foreground;
  context.fillText(words, left + 6, LINE_Y + 0.5);
}
