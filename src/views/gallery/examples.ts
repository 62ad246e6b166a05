/** The examples of the gallery, in the order in which one learns from them. What is said of each is in its docstring. */

/** Names of files in `examples/gallery`, without `.py`. */
export const GALLERY: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'Kinds of work', names: ['io_bound', 'cpu_bound', 'mixed'] },
  { title: 'Handing over work', names: ['producer_consumer', 'pipeline', 'pool_map'] },
  {
    title: 'What goes wrong with shared things',
    names: ['shared_counter', 'check_then_act', 'deadlock', 'dining_philosophers'],
  },
  { title: 'Async', names: ['async_right', 'async_wrong'] },
];

export interface Example {
  readonly name: string;
  readonly title: string;
  /** One sentence, without its first capital letter. */
  readonly summary: string;
  /** To read and to run it. */
  readonly minutes: number;
}

const FIRST_LINE = /^"""([^:\n]+): ([^\n]+)\n/;
const MINUTES = /^Takes (\d+) minutes\.$/m;

/** What the docstring says; its first line is `Title: summary.` */
export function exampleOf(name: string, text: string): Example {
  const [, title = name, summary = ''] = FIRST_LINE.exec(text) ?? [];
  return { name, title, summary, minutes: Number(MINUTES.exec(text)?.[1] ?? 2) };
}

/** The example after this one, undefined for the last and for what is no example. */
export function nextExample(name: string): string | undefined {
  const names = GALLERY.flatMap((group) => group.names);
  const at = names.indexOf(name);
  return at < 0 ? undefined : names[at + 1];
}
