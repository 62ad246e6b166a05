import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { settingsFor } from '../support/config';
import { Failure } from '../support/failure';
import { interpreterCandidates } from './activeInterpreter';
import { confirmingPlan, stopInTime, stopWhenHung } from './confirm';
import { findInterpreter } from './interpreter';
import type { Launch, Launched, ProcessEnd } from './launch';
import { isRaceModeOn } from './raceMode';
import type { RunPlan } from './runFolder';
import type { RunRequest } from './runs';
import { Session } from './session';

/** What is run: a document of the editor, or a text that was made of some. */
export interface ProgramText {
  readonly uri: vscode.Uri;
  /** It has no file, so that a copy runs. */
  readonly isUntitled: boolean;
  getText(): string;
  /** Name of the copy's file, when not that of the document. */
  readonly copyName?: string;
  /** Where the copy runs, when not where the user's terminal would open. */
  readonly workingFolder?: string;
}

/** A program that is open in the editor. */
export interface EditorProgram {
  readonly document: ProgramText;
  readonly request: RunRequest;
  readonly slot: number;
  /** Folder in which the product lies. */
  readonly productFolder: string;
  readonly log: vscode.LogOutputChannel;
}

/** Runs a program of the editor's in a terminal, as the settings say. Rejects with a Failure. */
export async function startInTerminal({
  document,
  request,
  slot,
  productFolder,
  log,
}: EditorProgram): Promise<Session> {
  const settings = settingsFor(document.uri);
  const interpreter = await findInterpreter(await interpreterCandidates(document.uri, settings.python, log));
  log.info(`Runs ${document.uri.toString()} (${request.mode}) by ${interpreter.path}, Python ${interpreter.version}`);
  const folder = vscode.workspace.getWorkspaceFolder(document.uri) ?? vscode.workspace.workspaceFolders?.[0];
  const isInFolder = vscode.workspace.getWorkspaceFolder(document.uri) !== undefined || document.isUntitled;
  // Where the user's own terminal would open.
  const ordinary =
    isInFolder && folder ? folder.uri.fsPath : document.isUntitled ? homedir() : dirname(document.uri.fsPath);
  const cwd = document.workingFolder ?? ordinary;
  const copyName = document.copyName ?? `${basename(document.uri.path)}.py`;
  const file = document.isUntitled ? copyName : document.uri.fsPath;
  const { mode, function: called, inputs, selection, confirm } = request;
  const plan: RunPlan = {
    version: 1,
    file,
    args: [],
    cwd,
    mode,
    function: called,
    inputs,
    workers: settings.workers,
    spans: settings.spans,
    lines: settings.spans && settings.lines,
    race: isRaceModeOn(settings.race, document.getText()),
    packages: settings.includePackages,
    limitBytes: settings.limitBytes,
    ...(selection ? { selection } : {}),
  };
  const session = await Session.start({
    plan: confirm ? confirmingPlan(confirm.plan, confirm.how) : plan,
    ...(document.isUntitled ? { unsavedText: document.getText() } : {}),
    interpreter,
    productFolder,
    launch: launchInTerminal({ name: basename(file), slot, folder }),
  });
  if (confirm) {
    stopWhenHung(session);
    stopInTime(session);
  }
  return session;
}

/** Which terminal a run gets: runs with equal places take turns in one terminal. */
export interface TerminalPlace {
  /** What the terminal is called. */
  readonly name: string;
  /** Runs of one file at the same time have different slots. */
  readonly slot: number;
  readonly folder: vscode.WorkspaceFolder | undefined;
}

const END_GRACE_MS = 1000;

/** Starts commands as tasks, so in an integrated terminal: input, colours and Ctrl+C work, and it stays open at the end. */
export function launchInTerminal(place: TerminalPlace): Launch {
  return async (command) => {
    // Without a folder, VS Code opens terminals in the home folder only; the supervisor goes where the program shall be.
    const cwd = place.folder?.uri.fsPath ?? homedir();
    const execution = new vscode.ProcessExecution(command.executable, [...command.args], { cwd });
    const task = new vscode.Task(
      { type: 'interleave', program: place.name, slot: place.slot },
      place.folder ?? vscode.TaskScope.Global,
      place.slot === 0 ? place.name : `${place.name} (${place.slot + 1})`,
      'Interleave',
      execution,
      [],
    );
    task.presentationOptions = {
      reveal: vscode.TaskRevealKind.Always,
      panel: vscode.TaskPanelKind.Dedicated,
      echo: false,
      focus: false,
      clear: false,
      showReuseMessage: false,
    };
    return started(task);
  };
}

async function started(task: vscode.Task): Promise<Launched> {
  let listeners: vscode.Disposable | undefined;
  const executing = Promise.resolve(vscode.tasks.executeTask(task));
  try {
    return await new Promise<Launched>((resolve, reject) => {
      executing.catch(reject);
      // Events may come before executeTask has answered, so each waits for the answer to know whether it is about us.
      const whenOurs = (execution: vscode.TaskExecution, act: () => void): void => {
        executing.then((ours) => execution === ours && act()).catch(() => undefined);
      };
      const ended = new Promise<ProcessEnd>((end) => {
        const finish = (code: number | null): void => {
          listeners?.dispose();
          end({ code, signal: null });
          // Settled already, unless no process came about.
          reject(new Error('The task ended before its process had started.'));
        };
        listeners = vscode.Disposable.from(
          vscode.tasks.onDidStartTaskProcess((event) => {
            const closePlace = (): void => event.execution.terminate();
            whenOurs(event.execution, () => resolve({ pid: event.processId, ended, closePlace }));
          }),
          vscode.tasks.onDidEndTaskProcess((event) => {
            whenOurs(event.execution, () => finish(event.exitCode ?? null));
          }),
          // The process's own event has the exit code and comes about the same time; without a process only this comes.
          vscode.tasks.onDidEndTask((event) => {
            whenOurs(event.execution, () => setTimeout(finish, END_GRACE_MS, null));
          }),
        );
      });
    });
  } catch (error) {
    listeners?.dispose();
    throw new Failure(
      `Python could not be started in a terminal for ${task.name}; see the terminal for the reason.`,
      String(error),
    );
  }
}
