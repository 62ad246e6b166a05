import { exportedTrace } from '../session/exportTrace';
import { Findings } from '../session/findings';
import type { CliCommand } from './arguments';
import { writeOutput } from './output';
import { loadTrace } from './traces';

/** Writes a saved trace in another form; returns sentences about what is wrong with it. Rejects with a Failure. */
export async function exportTrace(
  { trace: path, format, file }: Extract<CliCommand, { readonly kind: 'export' }>,
  productFolder: string,
): Promise<readonly string[]> {
  const { trace, problems } = await loadTrace(path);
  writeOutput(file, exportedTrace(format, trace, new Findings(trace), productFolder));
  return problems;
}
