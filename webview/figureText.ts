/** Figures of all kinds as words. */
import type { FigureUnit } from '../common/comparison';
import { durationText, shareText } from './timeText';

const STEP = 1024;
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function figureText(value: number, unit: FigureUnit): string {
  switch (unit) {
    case 'ns':
      return durationText(value);
    case 'share':
      return shareText(value);
    case 'bytes':
      return bytesText(value);
    case 'times':
      return `${value.toFixed(value < 10 ? 2 : 1)}×`;
    case 'cores':
      return value.toFixed(2);
    case 'count':
      return Math.round(value).toLocaleString('en');
  }
}

/** `1.5 MiB`, `312 B`. */
export function bytesText(bytes: number): string {
  let size = bytes;
  let place = 0;
  while (size >= STEP && place < BYTE_UNITS.length - 1) {
    size /= STEP;
    place++;
  }
  return `${place === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${BYTE_UNITS[place]}`;
}
