/** The features of the panel, in the order in which their keys are listed and their marks are drawn. */
import { advice } from './advice/advice';
import { causality } from './causality/causality';
import { criticalPathFeature } from './causality/criticalPathFeature';
import { exporting } from './export/exporting';
import type { Feature, Instrument } from './feature';
import { filter } from './filter/filter';
import { objectFocus } from './filter/objectFocus';
import { history } from './history/history';
import { laneOrder } from './laneOrder/laneOrder';
import { lines } from './lines/lines';
import { measure } from './measure/measure';
import { notes } from './notes/notes';
import { objects } from './objects/objects';
import { search } from './search/search';
import { statisticsFeature } from './statistics/statistics';

export function buildFeatures(instrument: Instrument): readonly Feature[] {
  const figures = statisticsFeature(instrument);
  return [
    search(instrument),
    filter(instrument),
    objectFocus(instrument),
    laneOrder(instrument),
    lines(instrument),
    notes(instrument),
    measure(instrument),
    history(instrument),
    causality(instrument),
    criticalPathFeature(instrument),
    objects(instrument),
    advice(instrument),
    figures,
    exporting(instrument, { statistics: figures.saveCsv }),
  ];
}
