/** How a program or function is run, in words that go on after its name: `work(range(8)) in threads`. */
import type { Mode } from './trace';

export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  'as-written': 'as written',
  sequential: 'one after the other',
  thread: 'in threads',
  async: 'as tasks',
  process: 'in processes',
  interpreter: 'in interpreters',
};
