// How large a trace the timeline can show: how long one of so many spans takes to open, what it takes of memory, and how
// long a frame takes, in a real browser; the same calls in speedscope beside it.
//   npm run bench:timeline [SPANS …]     100,000, one million and ten million unless others are named
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from '../scripts/support.mjs';
import { measureInterleave } from './timeline/interleave.mjs';
import { installSpeedscope, measureSpeedscope } from './timeline/speedscope.mjs';

const BUNDLES = ['bench/timeline/writeTrace.ts', 'bench/timeline/host.ts'];

const counts = process.argv.slice(2).map((count) => Number(count.replaceAll(/[_,]/g, '')));
if (counts.length === 0) counts.push(100_000, 1_000_000, 10_000_000);
if (run(process.execPath, ['esbuild.mjs', '--product']) || run(process.execPath, ['esbuild.mjs', ...BUNDLES]))
  process.exit(1);
const { openTrace } = createRequire(import.meta.url)(join(root, 'dist/bench/timeline/host.js'));
const folder = mkdtempSync(join(tmpdir(), 'bench-timeline-'));
try {
  console.log(`Load of the machine before: ${loadavg()[0].toFixed(1)}; times by the clock mean little above 1.`);
  const speedscope = installSpeedscope(folder);
  for (const count of counts) {
    const ours = written(count, 'trace.interleave');
    const mine = await measureInterleave(ours, count, openTrace);
    print(`${count.toLocaleString('en')} spans, Interleave (${size(ours)})`, mine);
    const profile = written(count, 'trace.speedscope.json', 'speedscope');
    const other = speedscope ? await measureSpeedscope(profile, speedscope) : { failed: 'speedscope cannot be had' };
    print(`${count.toLocaleString('en')} spans, speedscope (${size(profile)})`, other);
    if (!other.failed) {
      const ratio = (name) => `${(mine[name] / other[name]).toFixed(2)}x`;
      console.log(
        `  Interleave / speedscope: opening ${ratio('opened')}, work of a frame (p95) ${ratio('work')}, frames apart (p95) ${ratio('apart')}, memory ${ratio('memory')}`,
      );
    }
    rmSync(ours);
    rmSync(profile);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function written(count, name, form = '') {
  const path = join(folder, name);
  const program = join(root, 'dist/bench/timeline/writeTrace.js');
  const { status, stderr } = spawnSync(process.execPath, [program, String(count), path, form], { encoding: 'utf8' });
  if (status !== 0 || !existsSync(path)) throw new Error(`The trace could not be written: ${stderr}`);
  // Once, so that it lies in memory for whoever reads it first.
  if (statSync(path).size < 1e9) readFileSync(path);
  return path;
}

function size(path) {
  return `${(statSync(path).size / 1e6).toFixed(0)} MB`;
}

function print(title, { failed, opened, parts = '', memory, perSpan = '', work, apart }) {
  if (failed) {
    console.log(`${title}: ${failed}`);
    return;
  }
  console.log(
    `${title}: opened in ${(opened / 1000).toFixed(2)} s${parts}, ${(memory / 1e6).toFixed(0)} MB in the page${perSpan}; frames: work p95 ${work.toFixed(1)} ms of CPU, apart p95 ${apart.toFixed(1)} ms`,
  );
}
