/** Progress of several runs on a terminal. */
import { STDERR, writeAll } from './output';

/** On a terminal, what goes on right now. */
export function progressLine(runs: number) {
  let done = 0;
  const write = (text: string): void => {
    if (process.stderr.isTTY) writeAll(STDERR, [`\r\x1b[K${text}`]);
  };
  return {
    show: (what: string) => write(`${++done} of ${runs}: ${what}`),
    clear: () => write(''),
  };
}
