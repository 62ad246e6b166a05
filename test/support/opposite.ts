/** Two threads that take two locks in opposite orders and wait for each other; each in a function called by another. */
import type { Trace } from '../../src/engine/trace';
import { drawTrace } from './drawTrace';
import { readWhole } from './readTrace';

export const OPPOSITE = `
   0 100.0 process_begin P how=program parent=1
   0 100.0 thread_begin Main tid=100 flags=1
   1 100.0 object A op=threading.Lock name="from_account" site=/home/me/bank.py:1@<module>
   1 100.0 object B op=threading.Lock name="to_account" site=/home/me/bank.py:2@<module>
   3 100.0 thread_create T name="Ada" site=/home/me/bank.py:30@main
   4 100.0 thread_create U name="Linus" site=/home/me/bank.py:31@main
   5 100.1 thread_begin T tid=101 site=/home/me/bank.py:20@work
   6 100.1 enter 0 site=/home/me/bank.py:20@work
   7 100.1 enter 0 site=/home/me/bank.py:10@transfer
   8 100.1 acquire A op=threading.Lock site=/home/me/bank.py:11@transfer
   9 100.2 thread_begin U tid=102 site=/home/me/bank.py:20@work
  10 100.2 enter 0 site=/home/me/bank.py:20@work
  11 100.2 acquire B op=threading.Lock site=/home/me/bank.py:21@work
  20 100.1 wait B op=threading.Lock holder=U site=/home/me/bank.py:12@transfer
  30 100.2 wait A op=threading.Lock holder=T site=/home/me/bank.py:22@work
`;

/** The lines of `bank.py`, as far as findings name them. */
export function bankLine(file: string, line: number): string | undefined {
  return file === '/home/me/bank.py' ? `    line ${line}` : undefined;
}

export function oppositeTrace(): Trace {
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const run = { version: 1, file: '/home/me/bank.py', mode: 'as-written', race: false };
  return readWhole(new Map([...drawTrace(OPPOSITE), ['run.json', json(run)]]));
}
