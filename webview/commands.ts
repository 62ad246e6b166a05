/** What the panel itself does by keys: moving in time and between lanes, selecting, opening. */
import type { Choices } from './choices';
import type { Command } from './command';
import type { TimeWindow } from './timeWindow';

const ZOOM_STEP = 1.5;
const PAN_STEP = 0.2;
const LANES_OF_PAGE = 10;

export interface TimeTarget {
  readonly time: TimeWindow;
  /** Latest time of the picture. */
  now(): number;
  isLive(): boolean;
  /** Where keys zoom. */
  center(): number;
}

export interface LaneTarget {
  choices(): Choices;
  openSelected(): void;
}

export interface PanelTarget {
  stepFindings(direction: 1 | -1): void;
  listFindings(): void;
  toggleTable(): void;
  toggleHelp(): void;
  clear(): void;
}

export function timeCommands({ time, now, isLive, center }: TimeTarget): readonly Command[] {
  return [
    command('Move', ['w', '+', '='], 'W, +', 'zoom in at the pointer (wheel, pinch)', () =>
      time.zoom(center(), ZOOM_STEP),
    ),
    command('Move', ['s', '-'], 'S, -', 'zoom out', () => time.zoom(center(), 1 / ZOOM_STEP)),
    command('Move', ['a'], 'A', 'earlier (drag, Shift+wheel)', () => time.pan(-PAN_STEP)),
    command('Move', ['d'], 'D', 'later', () => time.pan(PAN_STEP)),
    command('Move', ['0'], '0', 'show the whole run', () => time.glideToAll(now())),
    command('Move', ['f', 'end'], 'F, End', 'follow the end while the program runs', () => {
      if (isLive()) time.follow();
      else time.glideTo(now() - time.length, now());
    }),
    command('Move', ['home'], 'Home', 'go to the start', () => time.glideTo(0, time.length)),
  ];
}

export function laneCommands({ choices, openSelected }: LaneTarget): readonly Command[] {
  return [
    command('Select', ['arrowright'], '→', 'next bar of the lane', () => choices().step(1)),
    command('Select', ['arrowleft'], '←', 'bar before', () => choices().step(-1)),
    command('Select', ['arrowdown'], '↓', 'next lane', () => choices().stepLanes(1)),
    command('Select', ['arrowup'], '↑', 'lane before', () => choices().stepLanes(-1)),
    command('Select', ['pagedown'], 'Page ↓', 'a page of lanes down', () => choices().stepLanes(LANES_OF_PAGE)),
    command('Select', ['pageup'], 'Page ↑', 'a page of lanes up', () => choices().stepLanes(-LANES_OF_PAGE)),
    command('Lanes', [' '], 'Space', 'open or close the lane (double-click on its name)', () => choices().toggleLane()),
    command('Select', ['enter'], 'Enter', 'open the line of code (double-click)', openSelected),
    command('Move', ['z'], 'Z', 'zoom to what is selected', () => choices().zoomToSelection()),
  ];
}

export function panelCommands(target: PanelTarget): readonly Command[] {
  return [
    command('Find', ['n'], 'N', 'next finding', () => target.stepFindings(1)),
    command('Find', ['p'], 'P', 'finding before', () => target.stepFindings(-1)),
    command('Find', ['l'], 'L', 'list what was found', () => target.listFindings()),
    command('Figures', ['t'], 'T', 'findings and all units as tables', () => target.toggleTable()),
    command('Notes and more', ['?'], '?', 'these keys', () => target.toggleHelp()),
    command('Select', ['escape'], 'Esc', 'select nothing', () => target.clear()),
  ];
}

function command(
  group: Command['group'],
  keys: readonly string[],
  shown: string,
  words: string,
  run: () => void,
): Command {
  return { group, keys, shown, words, run };
}
