/** A text as it stands in XML and HTML, in an element or between double quotes. */
export function escapeXml(text: string): string {
  // Characters that XML does not allow in any form are left out.
  return text
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
