// What a program says about itself: which findings are wanted at which lines, and how it is to be run.
//
//   # args: hang          arguments of the program
//   # options: --no-race  options of `interleave run`
//   # timeout: 6          seconds after which it is ended; findings must be there all the same
//   # since: 3.11         it needs this Python or a newer one
//   # until: 3.13         … or this one or an older one
//   with lock:  # expect: order.cycle, hazard.lock-left-held

/**
 * @typedef {{ args: string[], options: string[], timeout: number, since: number, until: number,
 *   lines: Map<number, string[]> }} Expectation
 */

/** @returns {Expectation} `since` and `until` are minor versions; `lines` has the wanted rules by line. */
export function expectationOf(text) {
  const header = (name) => new RegExp(`^# ${name}: (.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const words = (name) => header(name).split(/\s+/).filter(Boolean);
  const minor = (name, otherwise) => Number(/^3\.(\d+)$/.exec(header(name))?.[1] ?? otherwise);
  const lines = new Map();
  text.split('\n').forEach((line, at) => {
    const rules = /# expect: (.*)$/.exec(line)?.[1];
    if (rules) lines.set(at + 1, rules.split(/[\s,]+/).filter(Boolean));
  });
  return {
    args: words('args'),
    options: words('options'),
    timeout: Number(header('timeout') || 60),
    since: minor('since', 8),
    until: minor('until', 99),
    lines,
  };
}

/**
 * What differs between what was wanted and what was found, as sentences. Each wanted rule must be found with its line among
 * its places; each warning and error must have a place that wants its rule. What is for information alone may be there.
 */
export function differences({ lines }, findings) {
  const wrong = [];
  for (const [line, rules] of lines) {
    for (const rule of rules) {
      const isFound = findings.some(
        (finding) => finding.rule === rule && finding.locations.some((at) => at.line === line),
      );
      if (!isFound) wrong.push(`missing: ${rule} at line ${line}`);
    }
  }
  for (const { rule, severity, message, locations } of findings) {
    const isWanted = locations.some(({ line }) => lines.get(line)?.includes(rule));
    if (!isWanted && severity !== 'info') {
      wrong.push(`not wanted: ${severity} ${rule} at line ${locations.map(({ line }) => line).join(', ')}: ${message}`);
    }
  }
  return wrong;
}

/** What must be the same each time: rules, severities and lines, without names, times and counts. */
export function essence(findings) {
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ rule, severity, locations }) => {
      const lines = [...new Set(locations.map(({ line }) => line))].sort((a, b) => a - b);
      return `${severity} ${rule} ${lines.join(' ')}`;
    })
    .sort();
}
