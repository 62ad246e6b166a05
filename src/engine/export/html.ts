/** A trace as one page that needs nothing else: the timeline's own script and style sheet, with the trace in it. */
import { escapeXml } from '../../../common/escapeXml';

export interface HtmlParts {
  readonly title: string;
  /** The webview's bundle. */
  readonly script: string;
  readonly style: string;
  /** The trace as `encodeDelta` of `common/deltaText` writes it; in pieces, since it may be longer than a string can be. */
  readonly data: Iterable<string>;
}

/** Nothing is loaded and nothing is sent, wherever the page is opened. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

export function* html({ title, script, style, data }: HtmlParts): Generator<string> {
  yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n';
  yield `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n`;
  yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n';
  yield `<title>${escapeXml(title)}</title>\n<style>\n`;
  yield style.replaceAll(/<\/style/gi, '<\\/style');
  yield '\n</style>\n</head>\n<body>\n<script type="application/json" id="interleave-data">';
  for (const piece of data) yield piece.replaceAll('<', '\\u003c');
  yield '</script>\n<script>\n';
  yield script.replaceAll(/<\/script/gi, '<\\/script').replaceAll('<!--', '<\\!--');
  yield '\n</script>\n</body>\n</html>\n';
}
