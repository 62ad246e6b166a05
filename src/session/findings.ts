import type { ShownFinding } from '../../common/finding';
import { withIgnoreComment } from '../engine/ignored';
import { shownFindings } from '../engine/shownFindings';
import type { Trace } from '../engine/trace';
import { sourceLines } from './sourceLines';

/** The findings of a trace that are to be shown: not those that comments in the source, as it was run, say to ignore. */
export class Findings {
  private readonly lineOf = sourceLines();
  private readonly hidden = new Set<number>();
  private list: readonly ShownFinding[] = [];
  private revision = 0;
  /** A site's definition can be read later than what names it. */
  private isWhole = true;

  constructor(
    private readonly trace: Trace,
    private readonly onDidHide: () => void = () => undefined,
  ) {}

  /** The same array as long as nothing has changed. */
  all(): readonly ShownFinding[] {
    const { trace } = this;
    if (this.isWhole && this.revision === trace.findingsRevision) return this.list;
    this.revision = trace.findingsRevision;
    const isPlaced = (site: number): boolean => site === 0 || (trace.sites[site - 1]?.line ?? 0) > 0;
    this.isWhole = trace.findings.every(({ locations }) => locations.every(({ site }) => isPlaced(site)));
    this.list = shownFindings(trace.findings, trace.sites, this.lineOf).filter(({ id }) => !this.hidden.has(id));
    return this.list;
  }

  /** A line of the program with a comment by which the findings of a rule are hidden. */
  lineIgnoring(line: string, rule: string): string {
    return withIgnoreComment(line, rule);
  }

  /** Leaves a finding out from now on. */
  hide(id: number): void {
    this.hidden.add(id);
    this.list = this.list.filter((finding) => finding.id !== id);
    this.onDidHide();
  }
}
