/** Places that were looked at, one after the other, with a way back and forth as in a browser. Pure. */

/** Changes that follow each other faster than this are one movement: a wheel, a drag, a glide. */
const ONE_MOVEMENT_MS = 400;
const MOST_PLACES = 200;

export class Visited<Place> {
  private places: Place[] = [];
  private at = -1;
  private changedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly isSame: (one: Place, other: Place) => boolean) {}

  /** Takes note of where one is, at a time in milliseconds. */
  note(place: Place, milliseconds: number): void {
    const current = this.places[this.at];
    if (current !== undefined && this.isSame(current, place)) return;
    const goesOn = this.at > 0 && milliseconds - this.changedAt < ONE_MOVEMENT_MS;
    this.changedAt = milliseconds;
    this.places.length = goesOn ? this.at : this.at + 1;
    this.places.push(place);
    if (this.places.length > MOST_PLACES) this.places.shift();
    this.at = this.places.length - 1;
  }

  /** The place before (-1) or after (1), where one is from now on; undefined at an end. */
  step(direction: -1 | 1): Place | undefined {
    const place = this.places[this.at + direction];
    if (place === undefined) return undefined;
    this.at += direction;
    this.changedAt = Number.NEGATIVE_INFINITY;
    return place;
  }

  forget(): void {
    this.places = [];
    this.at = -1;
  }
}
