/** The patterns, in the order in which they are looked for. */
import { falseConcurrency } from './falseConcurrency';
import type { Pattern } from './pattern';
import { serialisedByLock } from './serialisedByLock';

export const PATTERNS: readonly Pattern[] = [serialisedByLock, falseConcurrency];
