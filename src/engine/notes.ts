/** `notes.json` of a trace: what its reader wrote at moments of it. The file may come from anywhere. */
import type { Note } from '../../common/trace';
import type { Json } from './runFiles';

export const NOTES_FILE = 'notes.json';
const MOST_NOTES = 1000;
const MOST_CHARACTERS = 2000;

export function notesFile(notes: readonly Note[]): string {
  return JSON.stringify({ version: 1, notes });
}

/** What is no note is left out. */
export function readNotes({ notes }: Json): readonly Note[] {
  if (!Array.isArray(notes)) return [];
  return notes.slice(0, MOST_NOTES).flatMap((note: unknown): Note[] => {
    if (typeof note !== 'object' || note === null) return [];
    const { id, time, unit, text } = note as Readonly<Record<string, unknown>>;
    const isNote = Number.isSafeInteger(id) && Number.isFinite(time) && typeof text === 'string';
    if (!isNote) return [];
    const about = Number.isSafeInteger(unit) ? (unit as number) : -1;
    return [{ id: id as number, time: time as number, unit: about, text: text.slice(0, MOST_CHARACTERS) }];
  });
}
