/**
 * The syntax tree that the rules read: plain objects, made from tree-sitter's tree, whose nodes each cost a call into wasm.
 *
 * A chunk is a statement of the module or of a class's body. Nodes know their places relative to their chunk, so that a
 * chunk whose text is unchanged is kept over an edit, with all that was found out about it, and only its base moves.
 * Node and field names are those of the grammar `tree-sitter-python`.
 */

/** What is remembered for one text over its edits. */
export interface Memory {
  /** What the names and methods that the module defines were when the rest was found; with another key it is forgotten. */
  key: string;
  /** Dotted names of what expressions in functions stand for. */
  names: WeakMap<SyntaxNode, string | undefined>;
}

export class Chunk {
  /** Chunks of a class's body. */
  readonly parts: Chunk[] = [];
  /** Nodes by type, in the order of the text, without those of its parts. */
  readonly byType = new Map<string, SyntaxNode[]>();
  private readonly tested = new Map<(node: SyntaxNode) => boolean, SyntaxNode[]>();
  private readonly kept = new Map<string, { readonly key: string; readonly nodes: SyntaxNode[] }>();

  constructor(
    /** Offset of its start in the whole text. */
    public base: number,
    readonly text: string,
    /** Column at which it starts, which makes its indentation. */
    readonly column: number,
    readonly memory: Memory,
  ) {}

  moveTo(base: number): void {
    if (base === this.base) return;
    const distance = base - this.base;
    this.base = base;
    for (const part of this.parts) part.moveTo(part.base + distance);
  }

  /**
   * Nodes of a type for which a test says yes, with those of its parts. The test may look at nothing but the node and what
   * is below or around it in its chunk, since what it said is kept; each type needs a test of its own.
   */
  collectIf(type: string, test: (node: SyntaxNode) => boolean, into: SyntaxNode[]): void {
    let own = this.tested.get(test);
    if (!own) {
      own = this.byType.get(type)?.filter(test) ?? [];
      this.tested.set(test, own);
    }
    for (const node of own) into.push(node);
    for (const part of this.parts) part.collectIf(type, test, into);
  }

  /** As `collectIf`; the test may also rest on what the memory's key stands for. `label` is its own name. */
  collectWhile(label: string, type: string, test: (node: SyntaxNode) => boolean, into: SyntaxNode[]): void {
    const { key } = this.memory;
    let own = this.kept.get(label);
    if (own?.key !== key) {
      own = { key, nodes: this.byType.get(type)?.filter(test) ?? [] };
      this.kept.set(label, own);
    }
    for (const node of own.nodes) into.push(node);
    for (const part of this.parts) part.collectWhile(label, type, test, into);
  }

  /** Nodes of a type, with those of its parts. */
  collect(type: string, into: SyntaxNode[]): void {
    const own = this.byType.get(type);
    if (own) for (const node of own) into.push(node);
    for (const part of this.parts) part.collect(type, into);
  }
}

export class SyntaxNode {
  /** Named nodes but comments, and those tokens that have a field, such as operators. */
  readonly children: SyntaxNode[] = [];
  /** The word `async` stands before it. */
  isAsync = false;
  private ownText: string | undefined;
  private ownFunction: SyntaxNode | null | undefined;

  constructor(
    readonly type: string,
    /** Its place in its parent, '' when the grammar has no name for it. */
    readonly field: string,
    public parent: SyntaxNode | null,
    readonly chunk: Chunk,
    private readonly from: number,
    private readonly to: number,
  ) {}

  /** Offset of its first character in the whole text. */
  get start(): number {
    return this.chunk.base + this.from;
  }

  /** Offset behind its last character. */
  get end(): number {
    return this.chunk.base + this.to;
  }

  get text(): string {
    this.ownText ??= this.chunk.text.slice(this.from, this.to);
    return this.ownText;
  }

  /** The first child in a field. */
  child(field: string): SyntaxNode | undefined {
    for (const child of this.children) if (child.field === field) return child;
    return undefined;
  }

  childOfType(type: string): SyntaxNode | undefined {
    for (const child of this.children) if (child.type === type) return child;
    return undefined;
  }

  /** The closest one around it of these types, not itself. */
  ancestor(...types: readonly string[]): SyntaxNode | undefined {
    let node = this.parent;
    while (node && !types.includes(node.type)) node = node.parent;
    return node ?? undefined;
  }

  /**
   * The function or lambda in whose body, not in whose defaults, it is; undefined at the top level and in class bodies. It is
   * of the same chunk, so it stays what it is.
   */
  get function(): SyntaxNode | undefined {
    if (this.ownFunction === undefined) this.ownFunction = this.findFunction() ?? null;
    return this.ownFunction ?? undefined;
  }

  private findFunction(): SyntaxNode | undefined {
    const { parent } = this;
    if (!parent) return undefined;
    if (this.field === 'body') {
      if (isFunction(parent)) return parent;
      if (parent.type === 'class_definition') return undefined;
    }
    return parent.function;
  }

  contains(other: SyntaxNode): boolean {
    return this.start <= other.start && other.end <= this.end;
  }

  /** It and all below it, in the order of the text. */
  all(): SyntaxNode[] {
    const found: SyntaxNode[] = [];
    collectAll(this, found);
    return found;
  }
}

function collectAll(node: SyntaxNode, found: SyntaxNode[]): void {
  found.push(node);
  for (const child of node.children) collectAll(child, found);
}

const FUNCTIONS: ReadonlySet<string> = new Set(['function_definition', 'lambda']);

export function isFunction({ type }: SyntaxNode): boolean {
  return FUNCTIONS.has(type);
}

/** It and all below it that run when it does: functions, lambdas and classes in it are there, what is in them is not. */
export function ownNodes(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  collectOwn(node, found);
  return found;
}

function collectOwn(node: SyntaxNode, found: SyntaxNode[]): void {
  found.push(node);
  if (isFunction(node) || node.type === 'class_definition') return;
  for (const child of node.children) collectOwn(child, found);
}

/** What runs when a function, lambda, class body or module does, in the order of the text. */
export function bodyNodes(owner: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const body = owner.type === 'module' ? owner : owner.child('body');
  if (!body) return found;
  if (body.type !== 'block' && body.type !== 'module') collectOwn(body, found);
  else for (const child of body.children) collectOwn(child, found);
  return found;
}

export function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  return node.function;
}

/** The statement that a node is or is in: a child of a block or of the module. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && at.parent.type !== 'block' && at.parent.type !== 'module') at = at.parent;
  return at;
}
