/** The times above the chart. */
import { axisTop } from 'd3-axis';
import { scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import type { View } from './bars';
import { durationText, tickFormat, timeText } from './timeText';

/** A label has about this many pixels. */
const TICK_PIXELS = 90;

export class Axis {
  private readonly group: SVGGElement;

  constructor(
    private readonly svg: SVGSVGElement,
    /** Says how much is shown, and from where the ticks count. */
    private readonly showing: HTMLElement,
  ) {
    this.group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    svg.append(this.group);
  }

  /** Draws it and returns where the ticks are, in pixels. */
  draw(view: View): number[] {
    const scale = scaleLinear([view.from, view.to], [0, view.width]);
    const count = Math.max(2, Math.floor(view.width / TICK_PIXELS));
    const ticks = scale.ticks(count).filter((tick) => tick >= 0);
    const format = tickFormat(
      Math.max(0, view.from),
      view.to,
      ticks.length > 1 ? ticks[1] - ticks[0] : view.to - view.from,
    );
    const axis = axisTop(scale)
      .tickValues(ticks)
      .tickSize(0)
      .tickPadding(6)
      .tickFormat((tick) => format.format(Number(tick)));
    this.svg.setAttribute('width', String(view.width));
    select(this.group)
      .attr('transform', 'translate(0,22)')
      .call(axis)
      .selectAll<SVGTextElement, number>('text')
      // Words at an edge stand inside of it.
      .attr('text-anchor', (tick) => (scale(tick) < 18 ? 'start' : scale(tick) > view.width - 18 ? 'end' : 'middle'));
    const words = `showing ${durationText(view.to - view.from)}${format.base > 0 ? `, from ${timeText(format.base, 1000)}` : ''}`;
    if (this.showing.textContent !== words) this.showing.textContent = words;
    return ticks.map((tick) => scale(tick));
  }
}
