// Runs the tests that need a real VS Code: the suite inside the extension host (through @vscode/test-electron), then the
// journeys, which use a window as a person does. VSCODE_EXECUTABLE names a desktop VS Code to run the suite in instead of
// the one from npm. With arguments, only journeys whose path has one of them in it ("suite" means the suite alone);
// with --few, as in npm test, those that go through most of the product.
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { ensureChromium } from './chromium.mjs';
import { nodeTest, root, run, testFiles } from './support.mjs';
import { installWorkbench } from './vscode/install.mjs';

/** What `--few` goes through; the others take minutes more and are about one feature each. */
const FEW = ['compare', 'findings', 'gutter', 'lint', 'run.', 'runs', 'ways'];

const isFew = process.argv.includes('--few');
const wanted = process.argv.slice(2).filter((word) => word !== '--few');
installWorkbench();
ensureChromium();
if (run(process.execPath, ['esbuild.mjs']) !== 0) process.exit(1);

let failed = 0;
if (wanted.length === 0 || wanted.includes('suite')) {
  try {
    await runTests({
      vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? join(root, 'test/vscode/code.mjs'),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'dist/test/vscode/suite/index.js'),
      launchArgs: [join(root, 'examples'), '--disable-extensions'],
    });
  } catch (error) {
    console.error(error.message);
    failed += 1;
  }
}
const names = wanted.filter((name) => name !== 'suite');
if (wanted.length === 0 || names.length > 0) {
  const files = testFiles('test/vscode/journeys', '.test.mjs', isFew ? FEW.map((name) => `journeys/${name}`) : names);
  for (const file of files) {
    if (nodeTest([file]) === 0) continue;
    console.log(
      `${file} failed at the first attempt; once more, since a window and a machine under load are slow at times.`,
    );
    failed += nodeTest([file]);
  }
}
process.exit(failed ? 1 : 0);
