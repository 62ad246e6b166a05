import type { ShownFinding } from '../../common/finding';
import { type ConfirmPlan, confirmPlan } from '../engine/confirmPlan';
import { fixOf, type LineFix } from '../engine/findingFix';
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

  /** A line of a file, as it was when the file was first asked for: as it was run, when that was at the start. */
  lineAsRun(file: string, line: number): string | undefined {
    return this.lineOf(file, line);
  }

  /** A line of the program with a comment by which the findings of a rule are hidden. */
  lineIgnoring(line: string, rule: string): string {
    return withIgnoreComment(line, rule);
  }

  /** A safe change that mends a finding, when the file has still the lines that ran. */
  fixFor(finding: ShownFinding, file: string, lines: readonly string[]): LineFix | undefined {
    const places = finding.locations.map(({ site }) => this.trace.sites[site - 1]);
    const isAsRun = places.every(
      (place) => place?.file !== file || lines[place.line - 1] === this.lineOf(file, place.line),
    );
    return isAsRun ? fixOf(finding, this.trace, file, lines) : undefined;
  }

  /** How a finding could be confirmed by another run; undefined when it cannot, or has been. */
  confirmPlanFor(finding: ShownFinding): ConfirmPlan | undefined {
    const plan = finding.certainty === 'confirmed' ? '' : confirmPlan(this.trace, finding);
    return typeof plan === 'string' ? undefined : plan;
  }

  /** Leaves a finding out from now on. */
  hide(id: number): void {
    this.hidden.add(id);
    this.list = this.list.filter((finding) => finding.id !== id);
    this.onDidHide();
  }
}
