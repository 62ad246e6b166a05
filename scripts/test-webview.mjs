// Runs the webview tests in a real browser: test/webview/*.test.mjs. With arguments, only files whose path has one of
// them in it.
import { join } from 'node:path';
import { bundleOnce } from '../test/webview/support/server.mjs';
import { ensureChromium } from './chromium.mjs';
import { nodeTest, root, run, testFiles } from './support.mjs';

ensureChromium();
if (run(process.execPath, ['esbuild.mjs', '--product']) !== 0) process.exit(1);
await bundleOnce(join(root, 'dist/test-bundles.json'));
process.exit(nodeTest(testFiles('test/webview', '.test.mjs', process.argv.slice(2))));
