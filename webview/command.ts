/** What can be done by a key. Help, keyboard and features share one form of it. */

/** What keys are listed under, in this order. */
export const COMMAND_GROUPS = ['Move', 'Select', 'Find', 'Lanes', 'Figures', 'Notes and more'] as const;

export interface Command {
  readonly group: (typeof COMMAND_GROUPS)[number];
  /** As `KeyboardEvent.key` in lower case, with `ctrl+`, `shift+` or `ctrl+shift+` before it where that is meant (⌘ counts as Ctrl). */
  readonly keys: readonly string[];
  /** For the list of keys. */
  readonly shown: string;
  readonly words: string;
  readonly run: () => void;
}
