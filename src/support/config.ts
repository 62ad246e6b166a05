import * as vscode from 'vscode';

/** The settings that count for a file. */
export interface Settings {
  readonly python: string;
  readonly spans: boolean;
  readonly lines: boolean;
  readonly race: 'auto' | 'on' | 'off';
  readonly includePackages: boolean;
  /** 0 for the number of cores. */
  readonly workers: number;
  readonly limitBytes: number;
  /** Runs of each mode, when modes are compared. */
  readonly compareRepeat: number;
  /** Further Pythons on which modes are compared. */
  readonly comparePythons: readonly string[];
  /** Most workers when it is asked how many help; 0 for twice the cores. */
  readonly scalingMax: number;
}

export function settingsFor(resource: vscode.Uri): Settings {
  const settings = vscode.workspace.getConfiguration('interleave', resource);
  return {
    python: settings.get('python', '').trim(),
    spans: settings.get('spans', true),
    lines: settings.get('lines', true),
    race: settings.get('race', 'auto'),
    includePackages: settings.get('includePackages', false),
    workers: Math.max(0, Math.trunc(settings.get('workers', 0))),
    limitBytes: Math.max(1, Math.trunc(settings.get('limitMiB', 352))) * 1024 * 1024,
    compareRepeat: Math.max(1, Math.trunc(settings.get('compare.repeat', 3))),
    comparePythons: settings.get<string[]>('compare.pythons', []).filter((path) => path.trim() !== ''),
    scalingMax: Math.max(0, Math.trunc(settings.get('scaling.max', 0))),
  };
}
