// Runs the programs of test/programs/*/ that say what is to be found in them, on every supported Python of this machine.
// With arguments, only programs whose path has one of them in it, e.g. `npm run test:findings -- deadlocks`.
import { nodeTest, run, testFiles } from './support.mjs';

if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
process.env.INTERLEAVE_TEST_PROGRAMS = process.argv.slice(2).join(' ');
process.exit(nodeTest(testFiles('test/findings', '.test.mjs', [])));
