// Checks who imports whom, by the table in ARCHITECTURE.md: TypeScript and the Python runtime.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { findPythons } from './pythons.mjs';
import { filesBelow, root } from './support.mjs';

/**
 * The first row whose folder holds the file is the one that counts. `may` names folders and files of ours, packages,
 * "node" for Node's own modules; `types` names what may be imported as types only, which leaves nothing in the bundle.
 */
const TYPESCRIPT_RULES = [
  { of: 'common/', may: ['common/'] },
  { of: 'src/engine/lint/', may: ['common/', 'src/engine/', 'web-tree-sitter'] },
  { of: 'src/engine/', may: ['common/', 'src/engine/'] },
  {
    of: 'src/session/activeInterpreter.ts',
    may: ['common/', 'src/engine/', 'src/session/', 'src/support/', 'node', 'vscode', '@vscode/python-extension'],
  },
  {
    of: 'src/session/launchTask.ts',
    may: ['common/', 'src/engine/', 'src/session/', 'src/support/', 'node', 'vscode'],
  },
  {
    of: 'src/session/lint/',
    may: ['common/', 'src/engine/', 'src/session/', 'src/support/', 'node', 'ignore', 'smol-toml'],
  },
  { of: 'src/session/', may: ['common/', 'src/engine/', 'src/session/', 'src/support/', 'node'] },
  { of: 'src/views/', may: ['common/', 'src/support/', 'vscode', 'node'], types: ['src/engine/', 'src/session/'] },
  { of: 'src/support/', may: ['common/', 'src/support/', 'node', 'vscode'] },
  {
    of: 'src/cli',
    may: ['package.json', 'common/', 'src/cli/', 'src/engine/', 'src/session/', 'src/support/', 'node'],
  },
  { of: 'src/wiring/', may: ['common/', 'src/', 'node', 'vscode', '@vscode/python-extension'] },
  { of: 'src/extension.ts', may: ['common/', 'src/', 'node', 'vscode', '@vscode/python-extension'] },
  { of: 'webview/', may: ['common/', 'webview/', 'd3-axis', 'd3-scale', 'd3-selection', 'd3-zoom'] },
];
/** Nothing imports the composition roots. */
const NOBODY_IMPORTS = ['src/extension.ts', 'src/cli.ts', 'webview/main.ts'];
/** What the command line must not reach by any way. */
const CLI_NEVER = 'vscode';

const problems = [...checkTypeScript(), ...checkPython()];
for (const problem of problems) console.log(problem);
console.log(
  `imports: ${problems.length === 0 ? 'as ARCHITECTURE.md says' : `${problems.length} against ARCHITECTURE.md`}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function checkTypeScript() {
  const files = ['common', 'src', 'webview'].flatMap((folder) =>
    filesBelow(folder, (name) => name.endsWith('.ts')).map((file) => relative(root, file)),
  );
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  return [...files.flatMap((file) => checkFile(file, graph.get(file))), ...reachedByCli(graph)];
}

function checkFile(file, imports) {
  const rule = TYPESCRIPT_RULES.find(({ of }) => file.startsWith(of));
  if (!rule) return [`${file}: no row of the table is about this file`];
  return imports.flatMap(({ target, typeOnly, line }) => {
    if (NOBODY_IMPORTS.includes(target)) return [`${file}:${line} imports ${target}, which nothing may import`];
    const allowed = [...rule.may, ...(typeOnly ? (rule.types ?? []) : []), ...partsOfTheSameView(file)];
    const fits = allowed.some((one) => (one.endsWith('/') ? target.startsWith(one) : target === one));
    if (fits) return [];
    const hint = rule.types?.some((one) => target.startsWith(one)) ? ' other than as a type' : '';
    return [`${file}:${line} may not import ${target}${hint}`];
  });
}

/** A view of several files has a folder; these know each other, but no other view. */
function partsOfTheSameView(file) {
  return /^src\/views\/\w+\//.exec(file) ?? [];
}

/** Each import of a file: what it leads to, as a path from the project's folder or a package's name. */
function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern =
    /(?:^|[;\n])\s*(import|export)\s+(type\s+)?(?:[\w*\s{},$]*?from\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => {
    const specifier = match[3] ?? match[4];
    const line = text.slice(0, match.index + match[0].length).split('\n').length;
    return { target: resolveSpecifier(file, specifier), typeOnly: match[2] !== undefined, line };
  });
}

function resolveSpecifier(file, specifier) {
  if (specifier.startsWith('.')) {
    const path = normalize(join(dirname(file), specifier));
    return /\.\w+$/.test(path) ? path : `${path}.ts`;
  }
  return specifier.startsWith('node:') || builtinModules.includes(specifier) ? 'node' : specifier;
}

function reachedByCli(graph) {
  const cameFrom = new Map([['src/cli.ts', '']]);
  for (const file of cameFrom.keys()) {
    for (const { target, typeOnly } of graph.get(file) ?? []) {
      if (typeOnly || cameFrom.has(target)) continue;
      cameFrom.set(target, file);
      if (target === CLI_NEVER) return [`src/cli.ts reaches ${CLI_NEVER}, by ${wayTo(file, cameFrom)}`];
    }
  }
  return [];
}

function wayTo(file, cameFrom) {
  const way = [];
  for (let at = file; at; at = cameFrom.get(at)) way.unshift(at);
  return way.join(' → ');
}

/** Python's own parser reads the runtime: see check_imports.py. */
function checkPython() {
  const python = findPythons().at(-1);
  if (!python) return ['No Python was found: install Python 3.8 or newer and put it on PATH.'];
  const script = join(root, 'scripts/check_imports.py');
  const { stdout, stderr, status } = spawnSync(python.path, ['-I', '-S', script], { encoding: 'utf8' });
  const lines = stdout.split(/\r?\n/).filter((line) => line !== '');
  return status === 0 || lines.length > 0 ? lines : [`${script} failed: ${stderr}`];
}
