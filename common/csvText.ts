/** Rows of comma-separated values (RFC 4180), for spreadsheets. */

/** Nothing, and numbers that are none, are empty cells. */
export function csvRow(values: readonly (string | number | undefined)[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

function cell(value: string | number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  const text = typeof value === 'string' ? plainText(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Names come from the program, and a trace from anybody: what a spreadsheet would run as a formula stays a text. */
function plainText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
