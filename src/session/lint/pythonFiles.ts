/** Which files are linted, when files and folders are named. */
import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCode, Failure } from '../../support/failure';
import { GitIgnore } from './gitignore';

export interface FoundFiles {
  /** As they are named: below what was named, each file once. */
  readonly files: readonly string[];
  /** Sentences about folders that could not be read. */
  readonly problems: readonly string[];
}

const PYTHON_FILE = /\.(py|pyw|ipynb)$/i;

/** Folders of tools, and of packages of others; only when they are named themselves. */
const NOT_OWN = new Set([
  '.bzr',
  '.eggs',
  '.git',
  '.hg',
  '.ipynb_checkpoints',
  '.nox',
  '.svn',
  '.tox',
  '.venv',
  '__pycache__',
  'node_modules',
  'site-packages',
  'venv',
]);

/**
 * Named files, whatever their names, and Python files and notebooks in named folders. Links to folders are followed only
 * when they are named, as git does it: what they lead to is linted where it is. Throws a Failure for a path without
 * anything.
 */
export function pythonFiles(paths: readonly string[]): FoundFiles {
  const walk = new Walk();
  for (const path of paths) {
    if (isFolder(path)) walk.folder(path, GitIgnore.above(realpathSync(path)), realpathSync(path));
    else walk.file(path);
  }
  return walk;
}

class Walk implements FoundFiles {
  readonly files: string[] = [];
  readonly problems: string[] = [];
  private readonly known = new Set<string>();

  /** `real` is the folder without links, by which rules are asked. */
  folder(folder: string, rules: GitIgnore, real: string): void {
    for (const entry of this.entriesOf(folder)) {
      const path = join(folder, entry.name);
      const place = join(real, entry.name);
      if (entry.isDirectory()) {
        if (!isOfOthers(entry.name, place) && !rules.ignoresFolder(place))
          this.folder(path, rules.within(place), place);
      } else if (PYTHON_FILE.test(entry.name) && !rules.ignoresFile(place) && isFile(entry, path)) this.file(path);
    }
  }

  file(path: string): void {
    const real = realPathOf(path);
    if (this.known.has(real)) return;
    this.known.add(real);
    this.files.push(path);
  }

  private entriesOf(folder: string): Dirent[] {
    try {
      return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.problems.push(`${folder} cannot be read: ${errorCode(error) || String(error)}.`);
      return [];
    }
  }
}

function isOfOthers(name: string, folder: string): boolean {
  return NOT_OWN.has(name) || existsSync(join(folder, 'pyvenv.cfg'));
}

function isFile(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return statSync(path).isFile();
  } catch {
    // It leads nowhere.
    return false;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error)))
      throw new Failure(`There is no file or folder ${path}; name one that exists.`);
    throw new Failure(`${path} cannot be read: ${errorCode(error) || String(error)}.`);
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
