// Whether the host keeps up with a program that records about 100,000 events a second: how late its event loop is, and how
// long a message takes to be made, while the run is followed as the panel follows it.
//   node bench/live.mjs [SECONDS] [PYTHON]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { findPythons } from '../scripts/pythons.mjs';
import { root, run } from '../scripts/support.mjs';

const [seconds = '20', named] = process.argv.slice(2);
const python =
  named ??
  findPythons()
    .filter(({ name }) => !name.endsWith('t'))
    .at(-1)?.path ??
  'python3';
if (run(process.execPath, ['esbuild.mjs', 'bench/timeline/follow.ts'])) process.exit(1);
const { follow } = createRequire(import.meta.url)(join(root, 'dist/bench/timeline/follow.js'));
const program = join(root, 'bench/programs/many_events.py');
const version = spawnSync(python, ['-V'], { encoding: 'utf8' }).stdout.trim();
console.log(`${version}, load of the machine before: ${loadavg()[0].toFixed(1)}`);
const { events, wall, cpu, late, longest, message, reads, rows } = await follow({ python, program, seconds, root });
const ms = (value) => `${value.toFixed(1)} ms`;
console.log(
  `${Math.round(events / wall).toLocaleString('en')} events/s for ${wall.toFixed(1)} s; host: event loop late p99 ${ms(late)} (aim 50), at most ${ms(longest)}, CPU ${((cpu / wall) * 100).toFixed(0)} % of a core`,
);
console.log(`${reads} messages with ${rows.toLocaleString('en')} rows, the longest took ${ms(message)} to make`);
