/** What can be done by a key. Help, keyboard and features share one form of it. */

export interface Command {
  /** As `KeyboardEvent.key` in lower case, with `ctrl+`, `shift+` or `ctrl+shift+` before it where that is meant (⌘ counts as Ctrl). */
  readonly keys: readonly string[];
  /** For the list of keys. */
  readonly shown: string;
  readonly words: string;
  readonly run: () => void;
}
