/** How findings speak of units, objects and places. */
import { OPERATION } from '../../../common/events';
import type { Model } from '../model';
import { baseName, objectName, operationName, placeName, unitName } from '../names';
import type { Waiting } from './agents';
import type { Deed } from './effects';
import type { AccessSite, Variable } from './variables';
import type { Verdict } from './verdict';

/** `prog.py:12`; where it is unknown, `an unknown place`. */
export function place(model: Model, site: number): string {
  return placeName(model.sites[site - 1]) || 'an unknown place';
}

/** The same for the same places, whichever process told of them and in which order they are. */
export function keyOf(model: Model, sites: readonly number[]): string {
  const places = sites.map((site) => {
    const found = model.sites[site - 1];
    return found ? `${found.file}:${found.line}:${found.column}` : '';
  });
  return [...new Set(places)].sort().join(' ');
}

/** `line 12`, or with the file's name when that is another one. */
export function placeBeside(model: Model, site: number, other: number): string {
  const [here, there] = [model.sites[site - 1], model.sites[other - 1]];
  if (!here || here.line === 0) return 'an unknown place';
  return here.file === there?.file ? `line ${here.line}` : `${baseName(here.file)}:${here.line}`;
}

/** `worker`; with its process when that is not the program itself: `MainThread of Process-2`. */
export function unit(model: Model, row: number): string {
  if (row === -1) return 'an unknown thread';
  const name = unitName(model, row);
  const process = processOf(model, row);
  return process === row || process <= 0 ? name : `${name} of ${unitName(model, process)}`;
}

/** Unit row of the process that a unit lies in, -1 unknown; the program's own is 0. */
function processOf(model: Model, row: number): number {
  let at = row;
  while (at !== -1 && model.units[at]?.kind !== 'process') at = model.units[at]?.parent ?? -1;
  return at;
}

export function object(model: Model, row: number): string {
  return row === -1 ? 'something' : objectName(model, row);
}

/** What a wait is for: `a_lock`, `the end of worker`, `the result of build`, `items (queue.Queue.get)`. */
export function subject(model: Model, { operation, object: row, target }: Waiting): string {
  const name = operationName(operation);
  if (target !== -1)
    return /join|wait$/.test(name) ? `the end of ${unit(model, target)}` : `the result of ${unit(model, target)}`;
  if (row !== -1 && model.objects[row]?.operation !== 0) {
    const named = object(model, row);
    return /Lock$|lock$|Semaphore$/.test(name) ? named : `${named} (${name})`;
  }
  return name;
}

/** `a, b and c`. */
export function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** `Cache.items`, `d['h']`, `total`: the text, with the class in place of `self`. */
export function variable(model: Model, access: AccessSite, row: number): string {
  const found = model.variables[row];
  const place = model.sites[access.site - 1];
  const text = access.text || access.field;
  const ownClass = /^(.*)\.[^.]+$/.exec(place?.function ?? '')?.[1] ?? '';
  if (text.startsWith('self.') && ownClass !== '' && !ownClass.endsWith('>'))
    return `${ownClass.split('.').pop()}${text.slice(4)}`;
  if (found && text.includes('.') && isInstance(found) && found.name !== '') return `${found.name}.${access.field}`;
  return text;
}

function isInstance({ operation }: Variable): boolean {
  return operation === OPERATION['variable.instance'];
}

const DEEDS: Readonly<Record<Deed, string>> = {
  read: 'reads',
  write: 'writes',
  delete: 'deletes',
  update: 'reads and writes',
  look: 'looks at',
  iterate: 'loops over',
  grow: 'adds to',
  shrink: 'takes from',
  reorder: 'reorders',
  advance: 'takes the next of',
  use: 'uses',
};

export function deed(deed: Deed): string {
  return DEEDS[deed];
}

export function holding(model: Model, locks: readonly number[]): string {
  return locks.length === 0 ? '' : `, holding ${list(locks.map((lock) => object(model, lock)))}`;
}

export function lineOf(model: Model, site: number): number {
  return model.sites[site - 1]?.line ?? 0;
}

export function raceSentence(model: Model, { rule, first, second, check }: Verdict, name: string): string {
  const here = place(model, first.site.site);
  const there = placeBeside(model, second.site.site, first.site.site);
  const [one, other] = [unit(model, first.unit), unit(model, second.unit)];
  const same = first.site === second.site || second.site === check?.site;
  if (rule === 'race.iteration')
    return `${one} loops over ${name} at ${here} while ${other} changes its size at ${there}.`;
  if (rule === 'race.iterator')
    return `${one} (${here}) and ${other} (${there}) both take the next item of ${name}, without knowing of each other.`;
  if (rule === 'race.reorder') {
    const harm = first.site.field === 'sort' ? 'meanwhile it looks empty' : 'it can be seen half changed';
    return `${one} ${first.site.field === 'sort' ? 'sorts' : 'moves the items of'} ${name} at ${here} while ${other} ${DEEDS[second.effect.deed]} it at ${there}: ${harm}.`;
  }
  if (rule === 'race.confined')
    return `${one} (${here}) and ${other} (${there}) both use ${name}, which is made for one thread at a time.`;
  if (rule === 'race.data') {
    return same
      ? `${one} and ${other} both read and write ${name} at ${here}, and one of the two can be lost.`
      : `${one} reads and writes ${name} at ${here} while ${other} ${DEEDS[second.effect.deed]} it at ${there}: what one of them writes can be lost.`;
  }
  const checked = check
    ? ` what it found at ${placeBeside(model, check.site.site, first.site.site)}`
    : ' what it found before';
  const meanwhile = same ? `${other} can do the same in between` : `${other} can change it in between (${there})`;
  if (rule === 'race.lazy-init')
    return `${one} makes ${name} at ${here} because of${checked}, and ${meanwhile}: then there are two of it.`;
  return `${one} acts on ${name} at ${here} because of${checked}, and ${meanwhile}.`;
}
