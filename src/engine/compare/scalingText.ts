/** A scaling document as text for a terminal. */
import type { ScalingDocument } from '../../../common/scaling';
import { modeName, percent, taking } from './words';

const BAR_CHARACTERS = 40;

export function scalingText({
  function: name,
  inputs,
  mode,
  python,
  cores,
  points,
  text,
  evidence,
  notes,
}: ScalingDocument): string {
  const top = Math.max(1, ...points.map(({ speedup }) => speedup));
  const rows = points.map(({ workers, wallNs, speedup, efficiency }) => {
    const bar = '#'.repeat(Math.max(1, Math.round((speedup / top) * BAR_CHARACTERS)));
    return [
      String(workers).padStart(7),
      taking(wallNs.median).padStart(10),
      `±${taking((wallNs.max - wallNs.min) / 2)}`.padStart(10),
      `${speedup.toFixed(2)}x`.padStart(8),
      percent(efficiency).padStart(10),
      `  ${bar}`,
    ].join(' ');
  });
  const head = ['workers', '      wall', '    spread', 'speed-up', 'efficiency'].join(' ');
  const lines = [
    `${name}(${inputs}) ${modeName(mode)} · Python ${python} · ${cores} cores`,
    '',
    head,
    ...rows,
    '',
    text,
    ...evidence.map((line) => `  ${line}`),
    ...notes.map((line) => `! ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}
