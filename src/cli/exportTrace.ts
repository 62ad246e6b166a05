import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { encodeDelta } from '../../common/deltaText';
import { csv } from '../engine/export/csv';
import { html } from '../engine/export/html';
import { perfetto } from '../engine/export/perfetto';
import { svg } from '../engine/export/svg';
import type { Trace } from '../engine/trace';
import { Findings } from '../session/findings';
import type { CliCommand, ExportFormat } from './arguments';
import { writeOutput } from './output';
import { loadTrace } from './traces';

/** Writes a saved trace in another form; returns sentences about what is wrong with it. Rejects with a Failure. */
export async function exportTrace(
  { trace: path, format, file }: Extract<CliCommand, { readonly kind: 'export' }>,
  productFolder: string,
): Promise<readonly string[]> {
  const { trace, problems } = await loadTrace(path);
  const page = (name: string): string => readFileSync(join(productFolder, 'dist', name), 'utf8');
  const formats: Readonly<Record<ExportFormat, (trace: Trace) => Iterable<string>>> = {
    perfetto,
    svg,
    csv,
    html: () =>
      html({
        title: basename(trace.run.file) || basename(path),
        script: page('webview.js'),
        style: page('webview.css'),
        data: [encodeDelta({ ...trace.delta(null).delta, findings: new Findings(trace).all() })],
      }),
  };
  writeOutput(file, formats[format](trace));
  return problems;
}
