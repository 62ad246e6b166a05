/** What git is told to ignore, by the `.gitignore` files of a folder, of those above it in its repository, and below it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The rules of one file, for what lies below its folder. */
interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The rules that count in a folder. The closest file is asked first; what it says nothing about, the ones above decide. */
export class GitIgnore {
  private constructor(private readonly layers: readonly Layer[]) {}

  /** Of the absolute path of a folder where a walk begins. */
  static above(folder: string): GitIgnore {
    const top = repositoryOf(folder);
    const above: string[] = [];
    for (let at = folder; at !== top && dirname(at) !== at; at = dirname(at)) above.unshift(dirname(at));
    const start = new GitIgnore([]);
    if (top === undefined) return start.within(folder);
    return [...above, folder].reduce((rules, at) => rules.within(at), start);
  }

  /** The rules for what lies directly in a folder. */
  within(folder: string): GitIgnore {
    // Who ignores the folder as a whole was overruled: the user, or a file closer to it, named the folder.
    const kept = this.layers.filter((layer) => !layer.rules.test(pathIn(layer, folder, '/')).ignored);
    const own = readRules(folder);
    return new GitIgnore(own ? [...kept, own] : kept);
  }

  ignoresFile(path: string): boolean {
    return this.ignores(path, '');
  }

  ignoresFolder(path: string): boolean {
    return this.ignores(path, '/');
  }

  private ignores(path: string, ending: '' | '/'): boolean {
    const said = this.layers
      .map((layer) => layer.rules.test(pathIn(layer, path, ending)))
      .findLast(({ ignored, unignored }) => ignored || unignored);
    return said?.ignored ?? false;
  }
}

function repositoryOf(folder: string): string | undefined {
  let at = folder;
  while (!existsSync(join(at, '.git'))) {
    if (dirname(at) === at) return undefined;
    at = dirname(at);
  }
  return at;
}

function readRules(folder: string): Layer | undefined {
  try {
    const text = readFileSync(join(folder, '.gitignore'), 'utf8').replace(/^\uFEFF/, '');
    // As git does where file names have no case.
    const ignorecase = process.platform === 'win32' || process.platform === 'darwin';
    return { folder, rules: ignore({ ignorecase, allowRelativePaths: true }).add(text) };
  } catch {
    return undefined;
  }
}

function pathIn({ folder }: Layer, path: string, ending: '' | '/'): string {
  return `${relative(folder, path).split(sep).join('/')}${ending}`;
}
