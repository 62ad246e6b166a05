// Runs the webview tests in a real browser: test/webview/*.test.mjs. With arguments, only files whose path has one of
// them in it.
import { ensureChromium } from './chromium.mjs';
import { nodeTest, run, testFiles } from './support.mjs';

ensureChromium();
if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
process.exit(nodeTest(testFiles('test/webview', '.test.mjs', process.argv.slice(2))));
