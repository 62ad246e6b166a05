/** Parses Python with tree-sitter, incrementally, into the tree that the rules read. */
import { Edit, Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import { lineStartsOf, pointBehind, pointOf } from './lines';
import { Chunk, type Memory, SyntaxNode } from './node';

/** A change of a text: what lay between two offsets is replaced. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface CommentNode {
  readonly start: number;
  readonly text: string;
}

/** A parsed text. */
export interface ParsedText {
  readonly text: string;
  readonly lineStarts: readonly number[];
  readonly root: SyntaxNode;
  readonly chunks: readonly Chunk[];
  /** In the order of the text. */
  readonly comments: readonly CommentNode[];
}

/** Tree-sitter with the grammar of Python; both come as wasm, whose bytes the caller has read. Rejects when they do not fit. */
export async function loadGrammar(runtime: Uint8Array, grammar: Uint8Array): Promise<Language> {
  await Parser.init({ wasmBinary: runtime });
  return Language.load(grammar);
}

/** One text that is edited. Holds memory of wasm until it is disposed. */
export class IncrementalParser {
  private readonly parser = new Parser();
  private readonly types: readonly (string | null)[];
  private readonly fields: readonly (string | null)[];
  private tree: Tree | null = null;
  private parsed: ParsedText | null = null;
  private readonly memory: Memory = { key: '', names: new WeakMap() };

  constructor(language: Language) {
    this.parser.setLanguage(language);
    this.types = language.types;
    this.fields = language.fields;
  }

  /** Parses a text; `changes` lead from the text before to this one, each as it is after those before it. */
  parse(text: string, changes: readonly TextChange[] | null): ParsedText {
    const before = changes ? this.tree : null;
    if (before && changes) this.applyTo(before, changes);
    const tree = this.parser.parse(text, before);
    if (!tree) throw new Error('tree-sitter was cancelled');
    this.tree?.delete();
    this.tree = tree;
    this.parsed = this.convert(tree, text, this.parsed);
    return this.parsed;
  }

  dispose(): void {
    this.tree?.delete();
    this.parser.delete();
  }

  private applyTo(tree: Tree, changes: readonly TextChange[]): void {
    let text = this.parsed?.text ?? '';
    let lineStarts = this.parsed?.lineStarts ?? [0];
    changes.forEach(({ start, end, text: inserted }, i) => {
      const startPosition = pointOf(lineStarts, start);
      tree.edit(
        new Edit({
          startIndex: start,
          oldEndIndex: end,
          newEndIndex: start + inserted.length,
          startPosition,
          oldEndPosition: pointOf(lineStarts, end),
          newEndPosition: pointBehind(startPosition, inserted),
        }),
      );
      if (i === changes.length - 1) return;
      text = text.slice(0, start) + inserted + text.slice(end);
      lineStarts = lineStartsOf(text);
    });
  }

  private convert(tree: Tree, text: string, before: ParsedText | null): ParsedText {
    const whole = new Chunk(0, text, 0, this.memory);
    const root = new SyntaxNode('module', '', null, whole, 0, text.length);
    const comments: CommentNode[] = [];
    const cursor = tree.walk();
    const conversion = new Conversion(cursor, text, this.types, this.fields, comments);
    conversion.chunks(root, whole, before?.chunks ?? []);
    cursor.delete();
    comments.sort((a, b) => a.start - b.start);
    return { text, lineStarts: lineStartsOf(text), root, chunks: whole.parts, comments };
  }
}

const MOST_DEPTH = 500;

/** Comments of a chunk, relative to it: kept with it. */
const commentsOfChunk = new WeakMap<Chunk, readonly CommentNode[]>();

class Conversion {
  /** Of the text before, what is in use again, whole or by its parts. */
  private readonly taken = new Set<Chunk>();
  private depth = 0;

  constructor(
    private readonly cursor: TreeCursor,
    private readonly text: string,
    private readonly types: readonly (string | null)[],
    private readonly fields: readonly (string | null)[],
    private readonly comments: CommentNode[],
  ) {}

  /** The cursor is at the parent of the chunks; `before` are the chunks that were there in the text before. */
  chunks(parent: SyntaxNode, owner: Chunk, before: readonly Chunk[]): void {
    const known = new Map<string, Chunk[]>();
    for (const chunk of before) {
      const same = known.get(chunk.text);
      if (same) same.push(chunk);
      else known.set(chunk.text, [chunk]);
    }
    const { cursor } = this;
    if (!cursor.gotoFirstChild()) return;
    do {
      if (!cursor.nodeIsNamed) continue;
      if (cursor.nodeType === 'comment') this.comment();
      else this.chunk(parent, owner, known);
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }

  private chunk(parent: SyntaxNode, owner: Chunk, known: Map<string, Chunk[]>): void {
    const { cursor } = this;
    const text = this.text.slice(cursor.startIndex, cursor.endIndex);
    const column = cursor.startPosition.column;
    const kept = known.get(text)?.shift();
    const root = kept && rootOf.get(kept);
    if (kept && root && kept.column === column && root.type === cursor.nodeType && !this.taken.has(kept)) {
      this.taken.add(kept);
      kept.moveTo(cursor.startIndex);
      root.parent = parent;
      parent.children.push(root);
      owner.parts.push(kept);
      this.addComments(kept);
      return;
    }
    const chunk = new Chunk(cursor.startIndex, text, column, owner.memory);
    owner.parts.push(chunk);
    const from = this.comments.length;
    const similar = this.similarClass(known, text);
    if (similar) this.taken.add(similar);
    const node = this.node(parent, chunk, similar?.parts ?? []);
    if (!cursor.currentNode.hasError) rootOf.set(chunk, node);
    commentsOfChunk.set(
      chunk,
      this.comments.slice(from).map(({ start, text }) => ({ start: start - chunk.base, text })),
    );
  }

  private addComments(chunk: Chunk): void {
    for (const { start, text } of commentsOfChunk.get(chunk) ?? [])
      this.comments.push({ start: start + chunk.base, text });
  }

  private comment(): void {
    const { startIndex, endIndex } = this.cursor;
    this.comments.push({ start: startIndex, text: this.text.slice(startIndex, endIndex) });
  }

  private node(parent: SyntaxNode, chunk: Chunk, before: readonly Chunk[]): SyntaxNode {
    const { cursor } = this;
    const type = this.types[cursor.nodeTypeId] ?? cursor.nodeType;
    const field = this.fields[cursor.currentFieldId] ?? '';
    const node = new SyntaxNode(
      type,
      field,
      parent,
      chunk,
      cursor.startIndex - chunk.base,
      cursor.endIndex - chunk.base,
    );
    parent.children.push(node);
    const list = chunk.byType.get(type);
    if (list) list.push(node);
    else chunk.byType.set(type, [node]);
    // What is nested deeper, no one has written by hand.
    if (this.depth >= MOST_DEPTH) return node;
    this.depth++;
    if (type === 'block' && parent.type === 'class_definition') this.chunks(node, chunk, before);
    else if (cursor.gotoFirstChild()) {
      do {
        if (cursor.nodeIsNamed) {
          if (cursor.nodeType === 'comment') this.comment();
          else this.node(node, chunk, before);
        } else if (cursor.currentFieldId !== 0) this.token(node, chunk);
        else if (cursor.nodeType === 'async') node.isAsync = true;
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    this.depth--;
    return node;
  }

  private token(parent: SyntaxNode, chunk: Chunk): void {
    const { startIndex, endIndex, nodeType } = this.cursor;
    const field = this.fields[this.cursor.currentFieldId] ?? '';
    parent.children.push(
      new SyntaxNode(nodeType, field, parent, chunk, startIndex - chunk.base, endIndex - chunk.base),
    );
  }

  /** The class of the same first line, whose methods may be unchanged. */
  private similarClass(known: ReadonlyMap<string, readonly Chunk[]>, text: string): Chunk | undefined {
    const head = text.slice(0, text.indexOf('\n') + 1);
    for (const chunks of known.values()) {
      for (const chunk of chunks)
        if (chunk.parts.length > 0 && chunk.text.startsWith(head) && !this.taken.has(chunk)) return chunk;
    }
    return undefined;
  }
}

/** Root of a chunk that was parsed without an error: such a one means the same wherever it stands. */
const rootOf = new WeakMap<Chunk, SyntaxNode>();
