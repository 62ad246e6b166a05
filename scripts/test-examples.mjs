// Runs each program of examples/ on every supported Python of this machine and checks what was recorded.
import { nodeTest, run, testFiles } from './support.mjs';

if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
process.exit(nodeTest(testFiles('test/examples', '.test.mjs', process.argv.slice(2))));
