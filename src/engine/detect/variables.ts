/** What the trace knows of shared variables and of the places that access them. */

/** Something that more than one owner came to; see `variable` in the schema. */
export interface Variable {
  readonly id: number;
  /** Operation id of what it is: `variable.instance`, `variable.dict`, … */
  readonly operation: number;
  /** Row of the container of an item, -1 otherwise. */
  parent: number;
  /** The type's qualified name; of an item, its key as text. */
  name: string;
  /** Comparing or hashing it runs code of the user's own. */
  readonly runsUserCode: boolean;
  /** Unit row of the process or interpreter. */
  readonly process: number;
}

export const ACCESS_FLAGS = {
  /** The condition of an if, while, and, or, not or assert. */
  test: 1,
  /** Between the read that it depends on and this write another thread may come in under a GIL of 3.10 or newer. */
  switchPoint: 2,
  dependsByValue: 4,
  dependsByCondition: 8,
  /** That read is in the same critical section by the text. */
  sameSection: 16,
  globalBase: 32,
  awaitBetween: 64,
} as const;

export const WRITTEN = { unknown: 0, constant: 1, made: 2, synchroniser: 3, otherConstant: 4, expression: 5 } as const;

/** An access as the text has it; see `access_site` in the schema. */
export interface AccessSite {
  /** Site row + 1. */
  readonly site: number;
  readonly operation: number;
  /** `ACCESS_FLAGS`. */
  readonly flags: number;
  /** Site row + 1 of the read that this write depends on, 0 none. */
  readonly reads: number;
  /** One of `WRITTEN`. */
  readonly written: number;
  /** Attribute, global, method or text of the key. */
  field: string;
  /** The whole expression: `self._items`. */
  text: string;
}
