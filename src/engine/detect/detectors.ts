/** All detectors. A new one is a file of its own and a line here. */
import type { DetectorKind } from './detector';

export const DETECTORS: readonly DetectorKind[] = [];
