import * as assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';

suite('the extension', () => {
  test('is there, runs beside the workspace and activates', async () => {
    const extension = vscode.extensions.getExtension('interleave.interleave');
    assert.ok(extension, 'the extension is installed');
    assert.deepEqual(extension.packageJSON.extensionKind, ['workspace']);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  test('each command that it declares does something', async () => {
    const extension = vscode.extensions.getExtension('interleave.interleave');
    const declared = (extension?.packageJSON.contributes?.commands ?? []) as { command: string }[];
    const known = new Set(await vscode.commands.getCommands(true));
    assert.ok(declared.length > 0, 'commands are declared');
    assert.deepEqual(
      declared.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });
});
