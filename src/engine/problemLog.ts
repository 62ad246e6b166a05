/** Problems, each sentence once; counted ones get their figure when they are read. */
import type { Problem } from '../../common/trace';

/** More different sentences than this would help nobody. */
const MOST = 200;

export class ProblemLog {
  private readonly texts = new Set<string>();
  private readonly fixed: Problem[] = [];
  private readonly counted = new Map<string, { readonly kind: Problem['kind']; amount: number }>();

  add(kind: Problem['kind'], text: string): void {
    if (this.texts.has(text) || this.fixed.length >= MOST) return;
    this.texts.add(text);
    this.fixed.push({ kind, text });
  }

  /** Counts one more of the same; `#` in the sentence stands for the figure. */
  count(kind: Problem['kind'], sentence: string, amount = 1): void {
    const known = this.counted.get(sentence);
    if (known) known.amount += amount;
    else this.counted.set(sentence, { kind, amount });
  }

  all(): Problem[] {
    const counted = [...this.counted].map(([sentence, { kind, amount }]) => ({
      kind,
      text: sentence.replace('#', String(amount)),
    }));
    return [...this.fixed, ...counted];
  }
}
