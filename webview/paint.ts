/** Draws bars on a canvas. It decides nothing: what is where comes from the layout, colours from the theme. */

import type { Bar } from './bars';
import { Brush } from './brush';
import { blocksOf } from './columns';
import type { FindingLink, FindingMark } from './findingMarks';
import { Hatches } from './hatch';
import type { Lane } from './lanes';
import type { Load } from './load';
import { paintFindingMark, paintLink } from './paintFindings';
import { type Arrow, type Frame, paintArrow, paintFrame, paintLines } from './paintMarks';
import { inkOf, type Theme, unitColour } from './theme';

export interface Scene {
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly scrollTop: number;
  readonly lanes: readonly Lane[];
  readonly first: number;
  readonly last: number;
  readonly bars: readonly Bar[];
  readonly ticks: readonly number[];
  readonly selectedLane: number;
  readonly frames: readonly Frame[];
  readonly arrows: readonly Arrow[];
  /** What joins the places of a finding. */
  readonly links: readonly FindingLink[];
  readonly findingMarks: readonly FindingMark[];
  /** Draws over the bars, below all marks. */
  readonly overBars: (() => void) | undefined;
  /** Where the pointer is, NaN when it is elsewhere. */
  readonly cursorX: number;
  /** Where now is while the program runs, else NaN. */
  readonly nowX: number;
  /** Pixels by which the picture has moved since the origin, for hatching that moves with it. */
  readonly shift: number;
  readonly load: Load | undefined;
  readonly loadX0: number;
  readonly loadX1: number;
  /** Most threads that can run at once; the band's height. */
  readonly loadTop: number;
}

/** In what is narrower no lines would be seen. */
const HATCHED_FROM_PIXELS = 3;

export class Painter {
  private hatches = new Hatches(1);
  private hatchKey = '';
  private readonly context: CanvasRenderingContext2D;
  private readonly brush: Brush;
  private readonly widths = new Map<string, number>();

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.brush = new Brush(this.context);
  }

  paint(scene: Scene): void {
    const { context, canvas } = this;
    const { theme, ratio, width, height } = scene;
    const [pixelsWide, pixelsHigh] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== pixelsWide) canvas.width = pixelsWide;
    if (canvas.height !== pixelsHigh) canvas.height = pixelsHigh;
    const hatchKey = `${theme.kind} ${ratio}`;
    if (hatchKey !== this.hatchKey) {
      this.hatches = new Hatches(ratio);
      this.hatchKey = hatchKey;
      this.widths.clear();
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = theme.background;
    context.fillRect(0, 0, width, height);
    context.font = `${theme.fontPixels}px ${theme.font}`;
    context.textBaseline = 'middle';
    this.paintGround(scene);
    this.paintBars(scene);
    for (const bar of scene.bars) this.paintText(bar, scene);
    this.paintBand(scene);
    scene.overBars?.();
    for (const frame of scene.frames) paintFrame(context, frame, theme);
    paintLines(context, scene);
    for (const arrow of scene.arrows) paintArrow(context, arrow, theme);
    for (const link of scene.links) paintLink(context, link, theme);
    for (const mark of scene.findingMarks) paintFindingMark(context, mark, theme);
  }

  private paintGround(scene: Scene): void {
    const { context } = this;
    const { theme, width, lanes, scrollTop } = scene;
    const selected = lanes[scene.selectedLane];
    if (selected) {
      context.fillStyle = theme.selectedLane;
      context.fillRect(0, selected.top - scrollTop, width, selected.height);
    }
    context.fillStyle = theme.line;
    for (const tick of scene.ticks) context.fillRect(Math.round(tick), 0, 1, scene.height);
    for (let index = scene.first; index < scene.last; index++) {
      const bottom = lanes[index].top + lanes[index].height - scrollTop;
      context.fillRect(0, bottom - 1, width, 1);
    }
  }

  private paintBars(scene: Scene): void {
    let before: Bar | undefined;
    for (const bar of scene.bars) {
      // Neighbours may share a pixel, since no bar is narrower.
      if (before && (bar.lane !== before.lane || bar.x0 < before.x1 - 1)) this.brush.flush();
      this.paintBar(bar, scene);
      before = bar;
    }
    this.brush.flush();
  }

  private paintBar(bar: Bar, scene: Scene): void {
    const { brush } = this;
    const { theme } = scene;
    const y = scene.lanes[bar.lane].top - scene.scrollTop + bar.top;
    const width = bar.x1 - bar.x0;
    const colour = unitColour(theme, bar.colour);
    switch (bar.form) {
      case 'alive':
        brush.rect(colour, 0.45, bar.x0, y, width, bar.height);
        return;
      case 'running':
        this.paintRunning(bar, y, colour, scene);
        return;
      case 'ready':
      case 'queued':
        brush.rect(colour, 0.75, bar.x0, y, width, bar.height);
        return;
      case 'gil':
        // Two thin lines: it could go on but for the other that holds the interpreter.
        brush.rect(colour, 0.75, bar.x0, y - 1, width, 2);
        brush.rect(colour, 0.75, bar.x0, y + 3, width, 2);
        return;
      case 'blocked':
        if (width > 3) brush.outline(colour, 0.6, bar.x0, y, width, bar.height, width > 8 ? 2 : 0);
        return;
      case 'waiting':
      case 'idle':
        this.paintWaiting(bar, y, colour, scene);
        return;
      case 'function': {
        const alpha = bar.count > 1 ? 0.25 : 0.4;
        brush.round(colour, alpha, bar.x0, y, Math.max(1, width - 0.5), bar.height);
        if (bordered(theme)) brush.outline(colour, alpha, bar.x0, y, width, bar.height, 2);
        return;
      }
      case 'mark':
        brush.flush();
        this.paintMark(bar, y, theme);
        return;
      case 'note':
        return;
    }
  }

  private paintRunning(bar: Bar, y: number, colour: string, scene: Scene): void {
    const { brush } = this;
    const { theme } = scene;
    const width = bar.x1 - bar.x0;
    if (bar.shares) {
      // Too narrow to be told apart: as high as the part of the time that they take, on a pale ground.
      brush.rect(colour, 0.18, bar.x0, y, width, bar.height);
      for (const block of blocksOf(bar, scene.ratio)) {
        const top = y + bar.height - block.height;
        brush.rect(unitColour(theme, block.colour), 0.85, block.from, top, block.to - block.from, block.height);
      }
      return;
    }
    // A line of the ground between neighbours tells two bars of one colour from one.
    brush.round(colour, 1, bar.x0, y, Math.max(1, width - (width > 4 ? 1 : 0)), bar.height);
    if (bordered(theme) && width > 3) brush.outline(theme.foreground, 1, bar.x0, y, width, bar.height, 2);
  }

  private paintWaiting(bar: Bar, y: number, colour: string, scene: Scene): void {
    const { brush } = this;
    const width = bar.x1 - bar.x0;
    const isIdle = bar.form === 'idle';
    if (bar.shares) {
      this.paintMergedWaits(bar, y, colour, scene);
      return;
    }
    if (width <= HATCHED_FROM_PIXELS) {
      brush.rect(colour, isIdle ? 0.28 : 0.6, bar.x0, y, width, bar.height);
      return;
    }
    // What was drawn below (the whole life) must not shine through what waits.
    const isSelected = scene.lanes[scene.selectedLane] === scene.lanes[bar.lane];
    const ground = isSelected ? scene.theme.selectedLane : scene.theme.background;
    const look = isIdle ? { colour, ground: '', tint: 0.1, lines: 0.28 } : { colour, ground, tint: 0.16, lines: 0.6 };
    brush.round(this.hatches.pattern(this.context, look, scene.shift), 1, bar.x0, y, width, bar.height);
    brush.outline(colour, isIdle ? 0.35 : 0.85, bar.x0, y, width, bar.height, 2);
  }

  /** Waits too short to be told apart hang down as far as the part of the time that they take; running stands below. */
  private paintMergedWaits(bar: Bar, y: number, colour: string, scene: Scene): void {
    const { brush } = this;
    const ground = scene.theme.background;
    brush.rect(ground, 1, bar.x0, y, bar.x1 - bar.x0, bar.height);
    const look = { colour, ground, tint: 0.2, lines: bar.form === 'idle' ? 0.28 : 0.6 };
    const hatch = this.hatches.pattern(this.context, look, scene.shift);
    for (const { from, to, height } of blocksOf(bar, scene.ratio)) brush.rect(hatch, 1, from, y, to - from, height);
  }

  /** A cross at a bad end. */
  private paintMark(bar: Bar, y: number, theme: Theme): void {
    const { context } = this;
    const middle = (bar.x0 + bar.x1) / 2;
    context.strokeStyle = theme.error;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(middle - 4, y + 1);
    context.lineTo(middle + 4, y + 9);
    context.moveTo(middle + 4, y + 1);
    context.lineTo(middle - 4, y + 9);
    context.stroke();
  }

  private paintText(bar: Bar, scene: Scene): void {
    if (bar.text === '') return;
    const { context } = this;
    const { theme } = scene;
    const text = this.shorten(bar.text, bar.textWidth);
    if (text === '') return;
    const y = scene.lanes[bar.lane].top - scene.scrollTop + bar.top + bar.height / 2 + 0.5;
    const isPlain =
      (bar.form === 'running' && !bar.shares) || bar.form === 'function' || bar.form === 'mark' || bar.form === 'note';
    if (!isPlain) {
      // A rim of the ground around the letters, else the lines run through them.
      context.globalAlpha = 0.9;
      context.strokeStyle = theme.background;
      context.lineWidth = 3.5;
      context.lineJoin = 'round';
      context.strokeText(text, bar.textFrom, y);
      context.globalAlpha = 1;
    }
    context.fillStyle = textColour(bar, theme);
    context.fillText(text, bar.textFrom, y);
  }

  /** How many ran at once, and in a line how many would have liked to. */
  private paintBand(scene: Scene): void {
    const { context } = this;
    const { load, theme, lanes } = scene;
    const lane = lanes.slice(scene.first, scene.last).find((candidate) => candidate.kind === 'band');
    if (!load || !lane) return;
    const bottom = lane.top - scene.scrollTop + lane.height - 3;
    const room = lane.height - 6;
    const part = (scene.loadX1 - scene.loadX0) / load.running.length;
    const high = (value: number): number => Math.min(1, value / scene.loadTop) * room;
    context.fillStyle = theme.units[0];
    context.globalAlpha = 0.55;
    for (const [i, value] of load.running.entries()) {
      if (value > 0) context.fillRect(scene.loadX0 + i * part, bottom - high(value), part + 0.3, high(value));
    }
    context.globalAlpha = 1;
    context.fillStyle = theme.foreground;
    for (const [i, value] of load.running.entries()) {
      const all = value + load.wanting[i];
      if (all > 0.005) context.fillRect(scene.loadX0 + i * part, bottom - high(all) - 1, part + 0.3, 1.25);
    }
  }

  /** As much of the words as there is room for. */
  private shorten(text: string, width: number): string {
    if (this.measure(text) <= width) return text;
    const room = width - this.measure('…');
    if (room <= 0) return '';
    // Words shorten evenly enough that the share of the width is a good first guess.
    let length = Math.min(text.length, Math.floor((text.length * room) / this.measure(text)) + 1);
    while (length > 0 && this.measure(text.slice(0, length)) > room) length--;
    return length < 4 ? '' : `${text.slice(0, length).trimEnd()}…`;
  }

  private measure(text: string): number {
    const known = this.widths.get(text);
    if (known !== undefined) return known;
    // Names repeat from frame to frame; a bound keeps a panel that is open for days small.
    if (this.widths.size > 5000) this.widths.clear();
    const width = this.context.measureText(text).width;
    this.widths.set(text, width);
    return width;
  }
}

function textColour(bar: Bar, theme: Theme): string {
  if (bar.form === 'running' && !bar.shares) return inkOf(theme, bar.colour);
  if (bar.form === 'mark') return theme.error;
  return bar.form === 'idle' || bar.form === 'note' ? theme.muted : theme.foreground;
}

function bordered(theme: Theme): boolean {
  return theme.kind === 'highContrast' || theme.kind === 'highContrastLight';
}
