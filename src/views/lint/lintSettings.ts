/** The settings by which a document is linted. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { RuffSelection } from '../../engine/lint/otherLinters';
import type { LintSettings } from '../../session/lint/lintMessages';
import type { RuffSettings } from '../../session/lint/ruffConfig';

/** What ruff selects for files of a folder. */
export type RuffSelector = (folder: string, settings: RuffSettings) => RuffSelection;

/** Where they change, documents are to be linted anew. */
export const LINT_SECTIONS: readonly string[] = ['interleave.lint', 'ruff'];
export const RUFF_FILES = '**/{pyproject.toml,ruff.toml,.ruff.toml}';

/** Undefined where linting is switched off. */
export function lintSettingsFor(uri: vscode.Uri, ruffSelection: RuffSelector): LintSettings | undefined {
  const settings = vscode.workspace.getConfiguration('interleave.lint', uri);
  if (!settings.get('enabled', true)) return undefined;
  const rules = settings.get<unknown>('rules');
  const stepsBack = settings.get('stepBack', true);
  return {
    rules: typeof rules === 'object' && rules !== null ? { ...rules } : {},
    others: {
      ruff: stepsBack && hasExtension('charliermarsh.ruff') ? ruffAt(uri, ruffSelection) : null,
      pylint: stepsBack && hasExtension('ms-python.pylint'),
    },
  };
}

function ruffAt(uri: vscode.Uri, ruffSelection: RuffSelector): RuffSelection | null {
  const settings = vscode.workspace.getConfiguration('ruff', uri);
  if (!settings.get('enable', true) || !settings.get('lint.enable', true)) return null;
  const words = (name: string): string[] | undefined => settings.get<string[] | null>(`lint.${name}`) ?? undefined;
  const folder = uri.scheme === 'file' ? dirname(uri.fsPath) : vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const [select, extendSelect, ignore] = [words('select'), words('extendSelect'), words('ignore')];
  return ruffSelection(folder ?? '/', {
    ...(select ? { select } : {}),
    ...(extendSelect ? { extendSelect } : {}),
    ...(ignore ? { ignore } : {}),
  });
}

/** Extensions that are switched off are not there. */
function hasExtension(id: string): boolean {
  return vscode.extensions.getExtension(id) !== undefined;
}
