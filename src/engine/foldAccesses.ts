/** Shared variables, and the places that access them. */
import type { Model } from './model';
import type { RawRecord } from './record';
import type { Stream } from './stream';

export function foldVariable(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const { objectHigh, objectLow, argHigh, argLow } = record;
  const map = space.variablesOf(objectHigh);
  if (map.get(objectHigh, objectLow) !== 0) return;
  const variable = {
    id: model.variables.length,
    operation: record.operation,
    parent: -1,
    name: '',
    runsUserCode: (record.flags & 1) !== 0,
    process: space.unit,
  };
  model.variables.push(variable);
  map.set(objectHigh, objectLow, model.variables.length);
  model.withText(space, record.site, (text) => {
    variable.name = text;
  });
  if (argHigh === 0 && argLow === 0) return;
  model.deferred.whenKnown(() => {
    const parent = model.variableRow(space, argHigh, argLow);
    if (parent === -1) return false;
    variable.parent = parent;
    return true;
  });
}

export function foldAccessSite(model: Model, stream: Stream, record: RawRecord): void {
  const { space } = stream;
  const site = model.siteRow(space, record.site);
  const access = {
    site,
    operation: record.operation,
    flags: record.flags,
    reads: model.siteRow(space, record.objectLow),
    written: record.objectHigh,
    field: '',
    text: '',
  };
  model.accessSites[site - 1] = access;
  model.withText(space, record.timeLow, (text) => {
    access.field = text;
  });
  model.withText(space, record.timeHigh, (text) => {
    access.text = text;
  });
}

export function foldCallback(model: Model, stream: Stream, record: RawRecord): void {
  const site = model.siteRow(stream.space, record.site);
  if (site !== 0) model.callbacks.set(site, record.operation);
}

export function foldCall(model: Model, stream: Stream, record: RawRecord): void {
  const site = model.siteRow(stream.space, record.site);
  const caller = model.siteRow(stream.space, record.objectLow);
  if (site === 0 || caller === 0) return;
  const callers = model.callers.get(site);
  if (callers) callers.push(caller);
  else model.callers.set(site, [caller]);
}
