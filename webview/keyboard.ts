/** Finds what a key does among the commands of the panel. */
import type { Command } from './command';

export class Keyboard {
  private readonly byKey: ReadonlyMap<string, Command>;

  /** Of two commands with the same key the first one has it. */
  constructor(readonly commands: readonly Command[]) {
    const entries = commands.flatMap((command) => command.keys.map((key) => [key, command] as const));
    this.byKey = new Map(entries.reverse());
  }

  /** Undefined for keys that are not ours, and for those that the focused element needs itself. */
  commandOf(event: KeyboardEvent): Command | undefined {
    const target = event.target instanceof Element ? event.target : undefined;
    const isTyped = target?.closest('input, textarea, select, [contenteditable]');
    if (event.altKey || (isTyped && event.key !== 'Escape')) return undefined;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) return this.byKey.get(`ctrl+${event.shiftKey ? 'shift+' : ''}${key}`);
    const pressesIt = key === 'enter' || key === ' ';
    if (pressesIt && target?.closest('button, summary, a')) return undefined;
    const isArrow = key.startsWith('arrow') || key.startsWith('page') || key === 'home' || key === 'end';
    if (isArrow && target?.closest('[role=separator], .table-page, .foot, .help')) return undefined;
    return (event.shiftKey ? this.byKey.get(`shift+${key}`) : undefined) ?? this.byKey.get(key);
  }
}
