// Runs the unit tests: test/unit/**/*.test.ts, bundled by the build. With arguments, only files whose path has one of
// them in it, e.g. `npm run test:unit -- decode`.
import { relative } from 'node:path';
import { filesBelow, root, run } from './support.mjs';

if (run(process.execPath, ['esbuild.mjs']) !== 0) process.exit(1);

const wanted = process.argv.slice(2);
// The sources are listed, not the bundles: a bundle may be left over from a test that is no more.
const bundles = filesBelow('test/unit', (name) => name.endsWith('.test.ts'))
  .map((file) => relative(root, file))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);
if (bundles.length === 0) {
  console.error('No unit test has such a name.');
  process.exit(1);
}
process.exit(run(process.execPath, ['--enable-source-maps', '--test', ...bundles]));
