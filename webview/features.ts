/** The features of the panel, in the order in which their keys are listed and their marks are drawn. */
import { causality } from './causality/causality';
import { criticalPathFeature } from './causality/criticalPathFeature';
import type { Feature, Instrument } from './feature';
import { history } from './history/history';
import { laneOrder } from './laneOrder/laneOrder';
import { measure } from './measure/measure';
import { notes } from './notes/notes';
import { search } from './search/search';

export function buildFeatures(instrument: Instrument): readonly Feature[] {
  return [
    search(instrument),
    laneOrder(instrument),
    notes(instrument),
    measure(instrument),
    history(instrument),
    causality(instrument),
    criticalPathFeature(instrument),
  ];
}
