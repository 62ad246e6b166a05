import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { TraceDelta } from '../../common/protocol';
import {
  type CellProgram,
  cellOfName,
  cellProgram,
  deltaInCells,
  lineInCells,
  wordsInCells,
} from '../engine/cellProgram';
import type { ProgramText } from '../session/launchTask';
import type { Run, RunRequest } from '../session/runs';
import type { Session } from '../session/session';
import { Failure } from '../support/failure';
import { cellOf, cellToRun, revealInCell, tellLeftOut } from '../views/notebook/cellInFront';
import type { CodePlace } from '../views/reveal';
import type { TimelineSource } from '../views/timeline/timelinePanel';

/** What ran in a session: the cells, by their addresses, and the notebook that they are of. */
interface Ran {
  readonly program: CellProgram;
  readonly notebook: vscode.Uri;
  readonly addresses: readonly string[];
}

/** The runs of notebooks' cells, and where their lines lie. */
export class NotebookRuns {
  private readonly ran = new WeakMap<Session, Ran>();

  /** The cell's code after the code of those above it; and, to be told later, which session ran it. Throws a Failure. */
  prepare({ cell: wanted, uri }: RunRequest): { readonly text: ProgramText; started(session: Session): void } {
    const cell = cellOf(wanted?.uri ?? '');
    if (!cell)
      throw new Failure(`${basename(uri)} was closed, or the cell is no longer there; open it and run a cell.`);
    const { notebook } = cell;
    const cells = notebook.getCells().slice(0, cell.index + 1);
    const program = cellProgram(
      basename(notebook.uri.path),
      cells.map(({ document }) => ({ text: document.getText(), isPython: document.languageId === 'python' })),
    );
    const addresses = cells.map(({ document }) => document.uri.toString());
    tellLeftOut(program.leftOut);
    const folder = notebook.uri.scheme === 'file' ? { workingFolder: dirname(notebook.uri.fsPath) } : {};
    return {
      text: { uri: notebook.uri, isUntitled: true, getText: () => program.text, copyName: program.fileName, ...folder },
      started: (session) => this.ran.set(session, { program, notebook: notebook.uri, addresses }),
    };
  }

  /** What a timeline shows of a run: places in cells, where cells were run. */
  sourceOf({ session }: Run): TimelineSource {
    const ran = this.ran.get(session);
    if (!ran) return session;
    const openReader = (mostRows: number): (() => TraceDelta) => {
      const read = session.openReader(mostRows);
      return () => deltaInCells(ran.program, session.plan.file, read());
    };
    return { onDidChange: session.onDidChange, openReader };
  }

  /** Shows a place that a timeline named, when it is in a cell. */
  async reveal({ session }: Run, { file, line, column }: CodePlace): Promise<boolean> {
    const ran = this.ran.get(session);
    const index = ran ? cellOfName(ran.program, file) : -1;
    if (!ran || index < 0) return false;
    await revealInCell(ran.notebook, ran.addresses[index] ?? '', line, column);
    return true;
  }

  /** Where a line of a run's file is edited: the cell, and the line in it. */
  placeOf(
    { session }: Run,
    file: string,
    line: number,
  ): { readonly uri: vscode.Uri; readonly line: number } | undefined {
    const ran = file === session.plan.file ? this.ran.get(session) : undefined;
    const at = ran && lineInCells(ran.program, line);
    const address = at && ran.addresses[at.index];
    return at && address ? { uri: vscode.Uri.parse(address), line: at.line } : undefined;
  }

  /** A sentence about a run, with lines of cells. */
  wordsOf({ session }: Run, words: string): string {
    const ran = this.ran.get(session);
    return ran ? wordsInCells(ran.program, words) : words;
  }
}

/** Registers the command that runs the cell that it is given, or the one that is selected. */
export function registerRunCell(
  start: (request: RunRequest) => Promise<void>,
  attempt: (work: () => Promise<unknown>) => Promise<void>,
): vscode.Disposable {
  return vscode.commands.registerCommand('interleave.runCell', (given?: vscode.NotebookCell) =>
    attempt(async () => {
      const { document, notebook, index } = cellToRun(given);
      const cell = { uri: document.uri.toString(), number: index + 1 };
      await start({ uri: notebook.uri.toString(), mode: 'as-written', function: '', inputs: '', cell });
    }),
  );
}
