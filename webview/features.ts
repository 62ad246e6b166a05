/** The features of the panel, in the order in which their keys are listed and their marks are drawn. */
import type { Feature, Instrument } from './feature';
import { history } from './history/history';
import { measure } from './measure/measure';

export function buildFeatures(instrument: Instrument): readonly Feature[] {
  return [measure(instrument), history(instrument)];
}
