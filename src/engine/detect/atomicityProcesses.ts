/** Globals that a child process writes and its parent reads: each has its own, so what the child writes never arrives. */
import { KIND } from '../../../common/events';
import type { Rule } from '../../../common/finding';
import type { DetectContext, Detector, DetectorKind } from './detector';
import { type Effect, effectsOf, isWriting } from './effects';
import type { Fact } from './fact';
import { ACCESS_FLAGS, type AccessSite } from './variables';
import * as words from './words';

const RULES: readonly Rule[] = [
  {
    id: 'process.lost-write',
    title: 'Written in a child process, read in its parent',
    kind: 'race',
    severity: 'warning',
  },
];

const MOST_GLOBALS = 10_000;

interface Use {
  readonly site: AccessSite;
  readonly unit: number;
  readonly process: number;
  readonly time: number;
  readonly effect: Effect;
}

/** By module and name: what was done to it in which process. */
interface Global {
  /** The first write of each place and process. */
  readonly writes: Use[];
}

class AtomicityOfProcesses implements Detector {
  private readonly globals = new Map<string, Global>();

  constructor(private readonly context: DetectContext) {}

  on(fact: Fact): void {
    const { model } = this.context;
    const site = model.accessSites[fact.site - 1];
    const variable = model.variables[fact.object];
    if (!site || !variable || (site.flags & ACCESS_FLAGS.globalBase) === 0 || fact.flags & 1) return;
    for (const effect of effectsOf(site, variable)) {
      const use = { site, unit: fact.unit, process: fact.process, time: fact.time, effect };
      const global = this.globalOf(site);
      if (!global) return;
      if (isWriting(effect.deed)) this.writes(use, global);
      else this.reads(use, global);
    }
  }

  private globalOf(site: AccessSite): Global | undefined {
    const place = this.context.model.sites[site.site - 1];
    if (!place) return undefined;
    const key = `${place.file} ${baseOf(site)}`;
    const known = this.globals.get(key);
    if (known || this.globals.size >= MOST_GLOBALS) return known;
    const made = { writes: [] };
    this.globals.set(key, made);
    return made;
  }

  private writes(use: Use, { writes }: Global): void {
    const isKnown = writes.some(({ process, site }) => process === use.process && samePlace(this, site, use.site));
    if (!isKnown && writes.length < 64) writes.push(use);
  }

  /** A child wrote it before, at a place where this process never did: it was to arrive here. */
  private reads(read: Use, { writes }: Global): void {
    for (const write of writes) {
      if (!this.isChildOf(write.process, read.process) || write.time > read.time) continue;
      if (this.functionOf(write.site) === this.functionOf(read.site)) continue;
      const isOwn = writes.some(({ process, site }) => process === read.process && samePlace(this, site, write.site));
      if (!isOwn) this.report(read, write);
    }
  }

  placeOf(site: AccessSite): string {
    const place = this.context.model.sites[site.site - 1];
    return place ? `${place.file}:${place.line}:${place.column}` : '';
  }

  private functionOf(site: AccessSite): string {
    const place = this.context.model.sites[site.site - 1];
    return place ? `${place.file}:${place.function}` : '';
  }

  private isChildOf(child: number, parent: number): boolean {
    const { model } = this.context;
    if (child === parent) return false;
    for (let at = model.unit(child).parent, depth = 0; at !== -1 && depth < 100; at = model.unit(at).parent, depth++) {
      if (at === parent) return true;
    }
    return false;
  }

  private report(read: Use, write: Use): void {
    const { model } = this.context;
    const name = words.variable(model, write.site, write.effect.variable);
    this.context.report({
      rule: 'process.lost-write',
      key: `${this.placeOf(write.site)} ${this.placeOf(read.site)}`,
      certainty: 'observed',
      message: `${words.unit(model, write.process)} ${words.deed(write.effect.deed)} its own copy of ${name} at ${words.place(model, write.site.site)}; ${words.unit(model, read.process)}, which reads it at ${words.placeBeside(model, read.site.site, write.site.site)}, never sees that. Return the value, or send it through a queue, a Value or a Manager.`,
      locations: [
        { site: write.site.site, role: `${words.deed(write.effect.deed)} ${name}`, unit: write.unit, time: write.time },
        { site: read.site.site, role: `reads ${name} in the parent`, unit: read.unit, time: read.time },
      ],
      units: [write.unit, read.unit],
      objects: [],
    });
  }
}

/** The same place in two processes has two sites, unless one is a copy of the other. */
function samePlace(detector: AtomicityOfProcesses, a: AccessSite, b: AccessSite): boolean {
  return a.site === b.site || detector.placeOf(a) === detector.placeOf(b);
}

/** The global name with which the expression begins, with attributes, without keys: `config.values`. */
function baseOf({ text, field }: AccessSite): string {
  return (text || field).replace(/\[.*/, '');
}

export const ATOMICITY_OF_PROCESSES: DetectorKind = {
  rules: RULES,
  kinds: [KIND.access],
  make: (context) => new AtomicityOfProcesses(context),
};
