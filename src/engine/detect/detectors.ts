/** All detectors. A new one is a file of its own and a line here. */
import { ATOMICITY } from './atomicity';
import { ATOMICITY_OF_PROCESSES } from './atomicityProcesses';
import { ATOMICITY_OF_TASKS } from './atomicityTasks';
import { ATOMICITY_TRIPLES } from './atomicityTriples';
import { ATOMICITY_OF_VALUES } from './atomicityValues';
import { CONFINED_LOOPS } from './confinedLoops';
import { DEADLOCKS } from './deadlocks';
import type { DetectorKind } from './detector';
import { HAZARD_FORKS } from './hazardForks';
import { HAZARD_LOCKS } from './hazardLocks';
import { HAZARD_LOOPS } from './hazardLoops';
import { HAZARD_PROCESSES } from './hazardProcesses';
import { HAZARD_SEMAPHORES } from './hazardSemaphores';
import { HAZARD_WAKEUPS } from './hazardWakeups';
import { LEAK_JOBS } from './leakJobs';
import { LEAKS } from './leaks';
import { LOCK_JOIN } from './lockJoin';
import { LOCK_ORDER } from './lockOrder';
import { RACES } from './races';

export const DETECTORS: readonly DetectorKind[] = [
  RACES,
  ATOMICITY,
  ATOMICITY_OF_TASKS,
  ATOMICITY_OF_VALUES,
  ATOMICITY_OF_PROCESSES,
  ATOMICITY_TRIPLES,
  CONFINED_LOOPS,
  DEADLOCKS,
  LOCK_ORDER,
  LOCK_JOIN,
  HAZARD_LOCKS,
  HAZARD_LOOPS,
  HAZARD_FORKS,
  HAZARD_PROCESSES,
  HAZARD_SEMAPHORES,
  HAZARD_WAKEUPS,
  LEAKS,
  LEAK_JOBS,
];
