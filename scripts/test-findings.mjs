// Runs the programs of test/programs/*/ that say what is to be found in them, on every supported Python of this machine.
// With arguments, only programs whose path has one of them in it, e.g. `npm run test:findings -- deadlocks`; with --few, on
// the oldest and the newest of them only, since a program that hangs takes its time.
import { nodeTest, run, testFiles } from './support.mjs';

if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
const words = process.argv.slice(2);
process.env.INTERLEAVE_TEST_PROGRAMS = words.filter((word) => word !== '--few').join(' ');
if (words.includes('--few')) process.env.INTERLEAVE_TEST_FEW = '1';
process.exit(nodeTest(testFiles('test/findings', '.test.mjs', [])));
