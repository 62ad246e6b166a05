import { PythonExtension } from '@vscode/python-extension';
import * as vscode from 'vscode';
import { type Candidate, candidatesOnPath, named } from './interpreter';

/** The Pythons to try for a file, best first: the Python extension's choice, the setting, what lies on PATH. */
export async function interpreterCandidates(
  resource: vscode.Uri,
  setting: string,
  log: vscode.LogOutputChannel,
): Promise<Candidate[]> {
  const chosen = await chosenInPythonExtension(resource, log);
  if (chosen) return [named(chosen, 'chosen in the Python extension')];
  return setting ? [named(expandFolder(setting, resource), 'the setting interleave.python')] : candidatesOnPath();
}

function expandFolder(setting: string, resource: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(resource) ?? vscode.workspace.workspaceFolders?.[0];
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how VS Code writes its variables.
  return folder ? setting.replaceAll('${workspaceFolder}', folder.uri.fsPath) : setting;
}

/** The extension is optional: without it, or when it fails, there is no choice of its. */
async function chosenInPythonExtension(
  resource: vscode.Uri,
  log: vscode.LogOutputChannel,
): Promise<string | undefined> {
  if (!vscode.extensions.getExtension('ms-python.python')) return undefined;
  try {
    const { environments } = await PythonExtension.api();
    const active = environments.getActiveEnvironmentPath(resource.scheme === 'file' ? resource : undefined);
    const environment = await environments.resolveEnvironment(active);
    return environment?.executable.uri?.fsPath;
  } catch (error) {
    log.warn(`The Python extension could not say which Python is chosen: ${String(error)}`);
    return undefined;
  }
}
