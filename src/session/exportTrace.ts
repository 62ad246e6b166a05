import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { encodeDelta } from '../../common/deltaText';
import { csv } from '../engine/export/csv';
import { html } from '../engine/export/html';
import { perfetto } from '../engine/export/perfetto';
import { svg } from '../engine/export/svg';
import type { Trace } from '../engine/trace';
import type { Findings } from './findings';

export const EXPORT_FORMATS = ['perfetto', 'svg', 'html', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A trace in another form, in pieces of text. `productFolder` has the built timeline. */
export function exportedTrace(
  format: ExportFormat,
  trace: Trace,
  findings: Findings,
  productFolder: string,
): Iterable<string> {
  const page = (name: string): string => readFileSync(join(productFolder, 'dist', name), 'utf8');
  const formats: Readonly<Record<ExportFormat, (trace: Trace) => Iterable<string>>> = {
    perfetto,
    svg,
    csv,
    html: () =>
      html({
        title: basename(trace.run.file) || 'Timeline',
        script: page('webview.js'),
        style: page('webview.css'),
        sha256: (text) => createHash('sha256').update(text).digest('base64'),
        data: [encodeDelta({ ...trace.delta(null).delta, findings: findings.all() })],
      }),
  };
  return formats[format](trace);
}
