// Runs the unit tests: test/unit/**/*.test.ts, each bundled. With arguments, only files whose path has one of them in
// it, e.g. `npm run test:unit -- decode`.
import { nodeTest, run, testFiles } from './support.mjs';

const sources = testFiles('test/unit', '.test.ts', process.argv.slice(2));
if (run(process.execPath, ['esbuild.mjs', ...sources]) !== 0) process.exit(1);
process.exit(nodeTest(sources.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`)));
