import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The page that explains a rule. */
export interface RulePage {
  /** A `file:` address. */
  readonly address: string;
  /** Markdown, '' when the page cannot be read. */
  readonly text: string;
}

/** Where the page of a rule lies below the folder in which the product lies. */
export function rulePagePath(productFolder: string, rule: string): string {
  return join(productFolder, 'docs', 'rules', `${rule}.md`);
}

export function rulePage(productFolder: string, rule: string): RulePage {
  const path = rulePagePath(productFolder, rule);
  const address = pathToFileURL(path).href;
  try {
    return { address, text: readFileSync(path, 'utf8') };
  } catch {
    return { address, text: '' };
  }
}
