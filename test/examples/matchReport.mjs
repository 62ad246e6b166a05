/**
 * Compares a report with what a program must show. An expectation names only what is certain, as patterns:
 *
 *     {"units": [{"kind": "thread", "name": "worker-1", "parent": "prog.py"}],
 *      "waits": [{"unit": "/worker-\\d/", "kind": "threading.Lock", "object": "Cache._lock", "heldBy": "worker-1"}]}
 *
 * A text in slashes is a regular expression; units are named by their names; `count` is the least number of matches (1).
 * `since` is the Python from which on it is certain. Every process has a MainThread, so `process`, `heldByProcess` and `wokenByProcess` tell whose.
 */

/** Sentences about what the report of a run on Python `version` ([3, 13]) lacks; none when it has all. */
export function missing(report, expected, version) {
  const names = new Map(report.units.map((unit) => [unit.id, unit.name]));
  const named = (id) => (id === null || id === undefined ? null : (names.get(id) ?? null));
  const byId = new Map(report.units.map((unit) => [unit.id, unit]));
  const processOf = (id) => {
    let unit = byId.get(id);
    while (unit && unit.kind !== 'process') unit = byId.get(unit.parent);
    return unit?.name ?? null;
  };
  const units = report.units.map((unit) => ({ ...unit, process: processOf(unit.id), parent: named(unit.parent) }));
  const waits = report.waits.map((wait) => ({
    ...wait,
    unit: named(wait.unit),
    process: processOf(wait.unit),
    heldBy: named(wait.heldBy),
    heldByProcess: processOf(wait.heldBy),
    wokenBy: named(wait.wokenBy),
    wokenByProcess: processOf(wait.wokenBy),
  }));
  return [
    ...lacking('unit', units, forVersion(expected.units, version)),
    ...lacking('wait', waits, forVersion(expected.waits, version)),
    ...units.flatMap((unit) => impossible(unit)),
  ];
}

function forVersion(patterns = [], version) {
  return patterns.filter(({ since }) => !since || since[1] <= version[1]).map(({ since, ...pattern }) => pattern);
}

function lacking(what, rows, patterns) {
  return patterns.flatMap(({ count = 1, ...pattern }) => {
    const found = rows.filter((row) => matches(row, pattern)).length;
    if (found >= count) return [];
    const near = rows.filter((row) => matches(row, { kind: pattern.kind ?? '/.*/' })).slice(0, 12);
    return [`${what} ${JSON.stringify(pattern)}: ${found} of ${count}; there are ${JSON.stringify(near)}`];
  });
}

function matches(row, pattern) {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = row[key];
    const expression = typeof wanted === 'string' && /^\/(.*)\/$/s.exec(wanted);
    if (expression) return typeof value === 'string' && new RegExp(`^(?:${expression[1]})$`).test(value);
    return value === wanted;
  });
}

function impossible(unit) {
  if (unit.startNs !== null && unit.endNs !== null && unit.endNs < unit.startNs)
    return [`${unit.name} ends before it starts`];
  return [];
}
