/** What analyses read: a run as the host's `Trace` and the webview's `Store` both hold it. */
import type {
  CoreInfo,
  CoreTable,
  DepthTable,
  HoldTable,
  RunInfo,
  SharedObject,
  Site,
  SpanTable,
  StateTable,
  Unit,
  WaitTable,
} from '../trace';

export interface RunTables {
  readonly run: RunInfo;
  readonly cores: CoreInfo;
  /** Latest time recorded, nanoseconds since the origin. */
  readonly now: number;
  readonly units: readonly Unit[];
  /** References to sites are row + 1. */
  readonly sites: readonly Site[];
  readonly objects: readonly SharedObject[];
  readonly spans: SpanTable;
  readonly waits: WaitTable;
  readonly holds: HoldTable;
  readonly coreSpans: CoreTable;
  readonly states: StateTable;
  readonly depths: DepthTable;
}
