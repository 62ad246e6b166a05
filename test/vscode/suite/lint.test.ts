import * as assert from 'node:assert/strict';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';

const WRONG = `import threading


def send(letter):
    with threading.Lock():
        print(letter)


def post(letter):
    threading.Thread(send).start()
    threading.Thread(target=send, args=(letter)).start()
`;

suite('linting', () => {
  setup(() => vscode.extensions.getExtension('interleave.interleave')?.activate());
  teardown(async () => {
    await configure('rules', undefined);
    await configure('enabled', undefined);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('finds mistakes in a text that was never saved, as it is typed, also when it is broken', async () => {
    const document = await open('');
    await found(document, '');
    await insert(document, 0, WRONG);
    await found(document, '5 THR101, 10 THR121, 11 THR121');
    await insert(document, 0, 'def (:\n');
    await found(document, '6 THR101, 11 THR121, 12 THR121');
    const [first] = diagnosticsOf(document);
    assert.equal(first?.source, 'Interleave');
    assert.equal(first?.severity, vscode.DiagnosticSeverity.Error);
    const code = first?.code as { target: vscode.Uri };
    assert.match(String(code.target), /\/docs\/rules\/THR101\.md$/);
  });

  test('mends one, all of a kind, all, and hides one', async () => {
    const document = await open(WRONG);
    await found(document, '5 THR101, 10 THR121, 11 THR121');
    const titles = (await actionsAt(document, 9)).map(({ title, isPreferred }) => (isPreferred ? `* ${title}` : title));
    assert.deepEqual(titles, [
      '* Give it as target',
      'Fix all THR121 in this file',
      'Ignore here (interleave: ignore[THR121])',
      'Show the page of THR121',
    ]);
    await choose(document, 9, 'Give it as target');
    await found(document, '5 THR101, 11 THR121');
    await choose(document, 10, 'Ignore here');
    await found(document, '5 THR101');
    assert.match(document.lineAt(10).text, /\.start\(\) {2}# interleave: ignore\[THR121\]$/);

    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await found(document, '5 THR101, 10 THR121, 11 THR121');
    await choose(document, 9, 'Fix all THR121');
    await found(document, '5 THR101');

    await vscode.commands.executeCommand('undo');
    await found(document, '5 THR101, 10 THR121, 11 THR121');
    const [all] = await actionsAt(document, 0, 'source.fixAll');
    assert.equal(all?.kind?.value, 'source.fixAll.interleave');
    await vscode.workspace.applyEdit(all?.edit as vscode.WorkspaceEdit);
    assert.match(document.getText(), /Thread\(target=send\)\.start[\s\S]*args=\(letter,\)/);
  });

  test('settings count at once', async () => {
    const document = await open(WRONG);
    await found(document, '5 THR101, 10 THR121, 11 THR121');
    await configure('rules', { THR121: 'off', 'lock-created-at-use': 'info' });
    await found(document, '5 THR101');
    assert.equal(diagnosticsOf(document)[0]?.severity, vscode.DiagnosticSeverity.Information);
    await configure('enabled', false);
    await found(document, '');
    await configure('enabled', true);
    await found(document, '5 THR101');
  });

  test('the cells of a notebook are one module', async () => {
    const cell = (text: string, language = 'python'): vscode.NotebookCellData =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, language);
    const data = new vscode.NotebookData([
      cell('echo', 'shellscript'),
      cell('import threading\n%pwd'),
      cell(WRONG.slice(17)),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    const document = notebook.cellAt(2).document;
    await found(document, '4 THR101, 9 THR121, 10 THR121');
    await vscode.window.showNotebookDocument(notebook);
    await choose(document, 8, 'Fix all THR121');
    await found(document, '4 THR101');
  });

  test('tells what a lock guards', async () => {
    const text = `import threading
class Cache:
    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0
    def up(self):
        with self.lock:
            self.count += 1
    def get(self):
        return self.count
`;
    const document = await open(text);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(6, 20),
    );
    const said = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join();
    assert.equal(
      said.replace(/\]\([^)]*\)/g, ']'),
      '`Cache.lock` (threading.Lock) guards `count`; taken at 1 place: [line 7].\n\nNot taken at [line 10] (`count` is read).',
    );
  });
});

async function open(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content });
  await vscode.window.showTextDocument(document);
  return document;
}

async function insert(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  await vscode.workspace.applyEdit(edit);
}

function configure(name: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('interleave.lint').update(name, value, vscode.ConfigurationTarget.Global);
}

/** Those of the rules that these tests are about; others may have something to say as well. */
function diagnosticsOf({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((each) => /^THR(101|121)$/.test(ruleOf(each)));
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? String(code.value) : '';
}

/** Waits until these are the lines and rules of what is found. */
function found(document: vscode.TextDocument, expected: string): Promise<void> {
  const shown = (): string =>
    diagnosticsOf(document)
      .map((each) => `${each.range.start.line + 1} ${ruleOf(each)}`)
      .join(', ');
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`found ${shown()} instead of ${expected}`)), 20_000);
    const look = (): void => {
      if (shown() !== expected) return;
      clearTimeout(late);
      listening.dispose();
      done();
    };
    const listening = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

function actionsAt({ uri }: vscode.TextDocument, line: number, kind = 'quickfix'): Thenable<vscode.CodeAction[]> {
  const range = new vscode.Range(line, 0, line, 200);
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind);
}

async function choose(document: vscode.TextDocument, line: number, title: string): Promise<void> {
  const action = (await actionsAt(document, line)).find((each) => each.title.startsWith(title));
  assert.ok(action?.edit, `${title} is offered`);
  await vscode.workspace.applyEdit(action.edit);
}
