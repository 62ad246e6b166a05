/** An error whose message is one sentence for people: what happened, to what, what to do next. Details are for the log. */
export class Failure extends Error {
  constructor(
    sentence: string,
    readonly details = '',
  ) {
    super(sentence);
    this.name = 'Failure';
  }
}

/** The sentence of a Failure, or a sentence around another error's message. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Failure) return error.message;
  return `Something went wrong inside Interleave: ${error instanceof Error ? error.message : String(error)}`;
}

/** All that is known of an error, for the log. */
export function detailsOf(error: unknown): string {
  if (error instanceof Failure && error.details) return `${error.message}\n${error.details}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** `ENOENT` and the like, '' when the error is not the system's. */
export function errorCode(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
