// Runs each program of examples/ on every supported Python of this machine and checks what was recorded; with --few, on the
// oldest and the newest of them only.
import { nodeTest, run, testFiles } from './support.mjs';

if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
const words = process.argv.slice(2);
if (words.includes('--few')) process.env.INTERLEAVE_TEST_FEW = '1';
const names = words.filter((word) => word !== '--few');
process.exit(nodeTest(testFiles('test/examples', '.test.mjs', names)));
