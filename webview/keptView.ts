/** A hidden page is thrown away; what was chosen by hand is kept by VS Code and there again when it is shown again. */
import type { Choices } from './choices';
import type { Feature } from './feature';
import type { Host } from './host';
import { setNamesWidth } from './nameColumn';
import type { Panel } from './panel';
import type { Selection } from './selection';
import type { TimeWindow } from './timeWindow';

interface Kept {
  readonly window?: readonly [from: number, to: number];
  readonly namesWidth?: number;
  readonly selection?: Selection;
  readonly lane?: string;
  readonly toggled?: readonly (readonly [string, boolean])[];
  readonly features?: Readonly<Record<string, unknown>>;
}

export class KeptView {
  namesWidth: number | undefined;
  private text = '';

  constructor(
    private readonly host: Host,
    private readonly choices: Choices,
    private readonly time: TimeWindow,
    private readonly features: readonly Feature[],
  ) {}

  restore(panel: Panel): void {
    const kept: Kept | undefined = this.host.kept;
    if (!kept) return;
    for (const [key, open] of kept.toggled ?? []) this.choices.toggled.set(key, open);
    this.choices.selection = kept.selection;
    this.choices.lane = kept.lane ?? '';
    if (kept.namesWidth) this.namesWidth = setNamesWidth(panel.divider, kept.namesWidth);
    for (const { kept: own } of this.features) {
      const value = own && kept.features?.[own.name];
      if (value !== undefined) own?.restore(value);
    }
    if (kept.window) this.time.restore(...kept.window);
  }

  save(): void {
    const { choices, time, namesWidth } = this;
    const kept: Kept = {
      ...(time.chosen && !time.following ? { window: [time.from, time.to] as const } : {}),
      ...(namesWidth ? { namesWidth } : {}),
      ...(choices.selection ? { selection: choices.selection, lane: choices.lane } : {}),
      toggled: [...choices.toggled],
      features: Object.fromEntries(this.features.flatMap(({ kept: own }) => (own ? [[own.name, own.save()]] : []))),
    };
    const text = JSON.stringify(kept);
    if (text === this.text) return;
    this.text = text;
    this.host.keep(kept);
  }
}
