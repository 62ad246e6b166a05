/** The findings as a list of links, and as a table for those who do not see the picture. */
import type { ShownFinding } from '../common/finding';
import { certaintyAndGrade, countWords } from '../common/findingWords';
import type { Site } from '../common/trace';
import { button, element } from './dom';
import { sortedFindings } from './findings';
import type { Store } from './store';
import { nameOf, placeWords } from './words';

export interface FindingCallbacks {
  shown(id: number): void;
  opened(site: Site): void;
}

const HEADINGS = ['Severity', 'Finding', 'Certainty', 'What happens', 'Where', 'Times'];

/** One line each, the gravest first. */
export function findingList(store: Store, callbacks: FindingCallbacks): HTMLElement {
  const rows = sortedFindings(store).map((finding) => {
    const site = store.site(finding.locations[0]?.site ?? 0);
    const show = button('link', finding.title, 'Show it on the timeline', () => callbacks.shown(finding.id));
    const cells = [
      element('td', '', severitySign(finding), show),
      element('td', '', ...(site ? [placeLink(site, callbacks)] : [])),
      element('td', '', finding.message),
    ];
    return element('tr', '', ...cells);
  });
  return element('table', 'finding-list', element('tbody', '', ...rows));
}

export function findingTable(store: Store, callbacks: FindingCallbacks): HTMLElement {
  const rows = sortedFindings(store).map((finding) => {
    const head = element(
      'th',
      '',
      button('link', finding.title, finding.rule, () => callbacks.shown(finding.id)),
    );
    head.scope = 'row';
    const places = finding.locations.flatMap(({ site, role, unit }) => {
      const place = store.site(site);
      const who = unit >= 0 ? ` (${nameOf(store, unit)})` : '';
      return [element('div', '', ...(place ? [placeLink(place, callbacks), ' '] : []), `${role}${who}`)];
    });
    return element(
      'tr',
      '',
      element('td', '', severitySign(finding), finding.severity),
      head,
      element('td', '', certaintyAndGrade(finding.certainty, finding.grade)),
      element('td', 'message', finding.message),
      element('td', '', ...places),
      element('td', '', finding.count.toLocaleString('en')),
    );
  });
  const headings = HEADINGS.map((text) => {
    const heading = element('th', '', text);
    heading.scope = 'col';
    return heading;
  });
  const caption = element('caption', '', `Findings: ${countWords(store.findings)}`);
  return element(
    'table',
    'unit-table finding-table',
    caption,
    element('thead', '', element('tr', '', ...headings)),
    element('tbody', '', ...rows),
  );
}

/** The form of the mark in the picture. */
export function severitySign({ severity }: Pick<ShownFinding, 'severity'>): HTMLElement {
  const sign = element('span', `severity ${severity}`, severity === 'info' ? '○' : severity === 'error' ? '●' : '▲');
  sign.setAttribute('aria-hidden', 'true');
  return sign;
}

function placeLink(site: Site, callbacks: FindingCallbacks): HTMLElement {
  return button('link', placeWords(site), `Open ${site.file}:${site.line}`, () => callbacks.opened(site));
}
