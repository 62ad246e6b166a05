/** Whether accesses to shared variables are recorded, which finding data races needs and which costs time. */

/** auto: when the program is small. */
export const RACE_SETTINGS = ['auto', 'on', 'off'] as const;
export type RaceSetting = (typeof RACE_SETTINGS)[number];

/** A file with more lines is seldom a program that one can wait for at a multiple of its time. */
export const MOST_LINES_FOR_AUTO = 2000;

/** `text` is that of the user's file. */
export function isRaceModeOn(setting: RaceSetting, text: string): boolean {
  return setting === 'auto' ? countLines(text) <= MOST_LINES_FOR_AUTO : setting === 'on';
}

function countLines(text: string): number {
  let count = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
