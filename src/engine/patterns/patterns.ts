/** The patterns, in the order in which they are looked for. */
import { busyWaiting } from './busyWaiting';
import { chattyProcesses } from './chattyProcesses';
import { falseConcurrency } from './falseConcurrency';
import { gilThreads } from './gilThreads';
import { lockConvoy } from './lockConvoy';
import { oversubscription } from './oversubscription';
import type { Pattern } from './pattern';
import { poolExhausted } from './poolExhausted';
import { queueFills } from './queueFills';
import { queueStarves } from './queueStarves';
import { sequentialAwaits } from './sequentialAwaits';
import { serialisedByLock } from './serialisedByLock';
import { tinyProcessWork } from './tinyProcessWork';
import { unevenWork } from './unevenWork';

export const PATTERNS: readonly Pattern[] = [
  serialisedByLock,
  lockConvoy,
  gilThreads,
  sequentialAwaits,
  falseConcurrency,
  unevenWork,
  poolExhausted,
  queueFills,
  queueStarves,
  chattyProcesses,
  tinyProcessWork,
  busyWaiting,
  oversubscription,
];
