/** Times in words: the unit is chosen so that three digits say it. */

const UNITS = [
  { name: 's', nanos: 1e9 },
  { name: 'ms', nanos: 1e6 },
  { name: 'µs', nanos: 1e3 },
  { name: 'ns', nanos: 1 },
] as const;

/** `1.92 s`, `482 ms`, `3.20 µs`, `920 ns`; from two minutes on `2 min 05 s`. */
export function durationText(nanos: number): string {
  if (!Number.isFinite(nanos)) return 'unknown';
  const size = Math.abs(nanos);
  if (size >= 120e9) return longText(nanos);
  // Rounding may carry into the next unit: 999.6 µs is 1.00 ms.
  const unit = UNITS.find((candidate) => size >= candidate.nanos * 0.9995) ?? UNITS[3];
  const value = nanos / unit.nanos;
  const digits = unit.nanos === 1 ? 0 : Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit.name}`;
}

/** A point of time, as exact as a picture in which a pixel has so many nanoseconds can show it. */
export function timeText(nanos: number, nanosPerPixel: number): string {
  if (!Number.isFinite(nanos)) return 'unknown';
  if (nanos === 0) return '0 s';
  const unit = UNITS.find((candidate) => Math.abs(nanos) >= candidate.nanos) ?? UNITS[3];
  const digits = Math.max(0, Math.min(9, Math.ceil(Math.log10(unit.nanos / Math.max(nanosPerPixel, 1)))));
  return `${(nanos / unit.nanos).toFixed(unit.nanos === 1 ? 0 : digits)} ${unit.name}`;
}

/** How the ticks of an axis are written. */
export interface TickFormat {
  /** Ticks count from here; 0 unless they would get too long. */
  readonly base: number;
  format(nanos: number): string;
}

/** Ticks of one unit and equally many digits; where that takes more than four digits, counted from a base in the picture. */
export function tickFormat(from: number, to: number, step: number): TickFormat {
  const whole = unitOf(Math.max(Math.abs(from), Math.abs(to)));
  if (digitsFor(step, whole.nanos) <= 4) return { base: 0, format: (nanos) => write(nanos, whole, step) };
  const base = Math.ceil(from / step) * step;
  const unit = unitOf(to - from);
  return { base, format: (nanos) => `+${write(nanos - base, unit, step)}` };
}

function write(nanos: number, unit: (typeof UNITS)[number], step: number): string {
  return `${(nanos / unit.nanos).toFixed(digitsFor(step, unit.nanos))} ${unit.name}`;
}

function digitsFor(step: number, unitNanos: number): number {
  return Math.max(0, Math.ceil(-Math.log10(step / unitNanos) - 1e-9));
}

function unitOf(nanos: number): (typeof UNITS)[number] {
  return UNITS.find((candidate) => nanos >= candidate.nanos) ?? UNITS[3];
}

function longText(nanos: number): string {
  const seconds = Math.round(nanos / 1e9);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours} h ${two(minutes)} min` : `${minutes} min ${two(seconds % 60)} s`;
}

/** `57 %`; small shares that are not nothing are `< 1 %`. */
export function shareText(share: number): string {
  if (!Number.isFinite(share)) return '0 %';
  const percent = share * 100;
  return percent > 0 && percent < 0.5 ? '< 1 %' : `${Math.round(percent)} %`;
}
