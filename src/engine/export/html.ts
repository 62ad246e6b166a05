/** A trace as one page that needs nothing else: the timeline's own script and style sheet, with the trace in it. */
import { escapeXml } from '../../../common/escapeXml';

export interface HtmlParts {
  readonly title: string;
  /** The webview's bundle. */
  readonly script: string;
  readonly style: string;
  /** The trace as `encodeDelta` of `common/deltaText` writes it; in pieces, since it may be longer than a string can be. */
  readonly data: Iterable<string>;
  /** SHA-256 of a text in UTF-8, in base64. */
  sha256(text: string): string;
}

export function* html({ title, script, style, data, sha256 }: HtmlParts): Generator<string> {
  const styleText = `\n${style.replaceAll(/<\/style/gi, '<\\/style')}\n`;
  const scriptText = `\n${script.replaceAll(/<\/script/gi, '<\\/script').replaceAll('<!--', '<\\!--')}\n`;
  const policy = policyOf(sha256(scriptText), sha256(styleText));
  yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield `<title>${escapeXml(title)}</title>\n<style>`;
  yield styleText;
  yield '</style>\n</head>\n<body>\n<script type="application/json" id="interleave-data">';
  for (const piece of data) yield piece.replaceAll('<', '\\u003c');
  yield '</script>\n<script>';
  yield scriptText;
  yield '</script>\n</body>\n</html>\n';
}

/** This script and this style sheet alone: nothing else runs, is loaded or is sent, wherever the page is opened. */
function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${script}'`,
    `style-src 'sha256-${style}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
