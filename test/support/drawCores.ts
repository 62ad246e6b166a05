/** Draws the kernel's switch records: a line a record, `TIME CORE PID/TID on|off|preempted|exit|lost`, microseconds. */
import { CLOCK_START_NS } from './drawTrace';

const SWITCH = 14;
const EXIT = 4;
const LOST = 2;

/** The files of a run's folder that hold the records, `cores.json` among them. */
export function drawCores(drawing: string, count: number): Map<string, Uint8Array> {
  const records = new Map<number, Uint8Array[]>();
  for (const line of drawing.split('\n')) {
    const [time, core, who, what] = line.trim().split(/\s+/);
    if (what === undefined) continue;
    const [pid, tid] = (who as string).split('/').map(Number) as [number, number];
    const record = encodeKernelRecord(what, Number(time) * 1000 + CLOCK_START_NS, pid, tid, Number(core));
    records.set(Number(core), [...(records.get(Number(core)) ?? []), record]);
  }
  const files = new Map<string, Uint8Array>();
  for (const [core, pieces] of records) files.set(`cores-${core}.perf`, joined(pieces));
  const json = JSON.stringify({ source: 'exact', count, reason: '', startNs: CLOCK_START_NS });
  files.set('cores.json', new TextEncoder().encode(json));
  return files;
}

function encodeKernelRecord(what: string, time: number, pid: number, tid: number, core: number): Uint8Array {
  const own = what === 'exit' ? 24 : what === 'lost' ? 16 : 0;
  const bytes = new Uint8Array(8 + own + 24);
  const view = new DataView(bytes.buffer);
  const misc = what === 'off' ? 0x2000 : what === 'preempted' ? 0x6000 : 0;
  view.setUint32(0, what === 'exit' ? EXIT : what === 'lost' ? LOST : SWITCH, true);
  view.setUint16(4, misc, true);
  view.setUint16(6, bytes.length, true);
  if (what === 'exit') {
    view.setUint32(8, pid, true);
    view.setUint32(16, tid, true);
  }
  if (what === 'lost') view.setBigUint64(16, 7n, true);
  view.setUint32(8 + own, pid, true);
  view.setUint32(12 + own, tid, true);
  view.setBigUint64(16 + own, BigInt(time), true);
  view.setUint32(24 + own, core, true);
  return bytes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
