/** The features of the panel, in the order in which their keys are listed and their marks are drawn. */
import type { Feature, Instrument } from './feature';

export function buildFeatures(_instrument: Instrument): readonly Feature[] {
  return [];
}
