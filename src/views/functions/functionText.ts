/** The text of a function at the top level: its lines from its `def` (from 1) on, without empty ones at the end. */
export function functionText(lines: readonly string[], line: number): string {
  const isAfter = (text: string): boolean => /^[^\s#)\]]/.test(text);
  const rest = lines.slice(line);
  const end = rest.findIndex(isAfter);
  return [lines[line - 1] ?? '', ...(end < 0 ? rest : rest.slice(0, end))]
    .filter((text) => !/^#/.test(text))
    .join('\n')
    .trimEnd();
}
