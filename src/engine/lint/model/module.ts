/** What the rules ask of a module: its syntax, and what can be told from it alone. Made anew for each version of the text. */
import type { TextPlace } from '../finding';
import { placeOf } from '../syntax/lines';
import type { SyntaxNode } from '../syntax/node';
import type { ParsedText } from '../syntax/parse';
import { Accesses, isNameUse, mayBeOfSelf } from './accesses';
import { Attributes, mayAssignAttributes } from './attributes';
import { CallCandidates, CallGraph } from './callGraph';
import { Calls } from './calls';
import { Declarations } from './comments';
import { Definitions, type FunctionModel } from './definitions';
import { HeldLocks } from './held';
import { Kinds } from './kinds';
import { Locks } from './locks';
import { forgetWhatChanged } from './remembered';
import { mayStart, Units } from './units';

export class Module {
  readonly root: SyntaxNode;
  readonly definitions: Definitions;
  readonly attributes: Attributes;
  readonly kinds: Kinds;
  readonly locks: Locks;
  readonly declarations: Declarations;
  private readonly byType = new Map<string, readonly SyntaxNode[]>();
  private ownCalls: Calls | undefined;
  private ownGraph: CallGraph | undefined;
  private ownUnits: Units | undefined;
  private ownHeld: HeldLocks | undefined;
  private ownAccesses: Accesses | undefined;

  constructor(private readonly parsed: ParsedText) {
    this.root = parsed.root;
    forgetWhatChanged(parsed.root, this.all('class_definition'));
    this.definitions = new Definitions(
      this.all('function_definition'),
      this.all('lambda'),
      this.all('class_definition'),
    );
    this.attributes = new Attributes(this.definitions, this.allIf('assignment', mayAssignAttributes));
    this.kinds = new Kinds(
      this.definitions,
      this.attributes,
      () => this.calls,
      () => this.graph,
    );
    this.locks = new Locks(this.definitions, this.attributes, this.kinds);
    this.declarations = new Declarations(parsed);
  }

  get text(): string {
    return this.parsed.text;
  }

  /** All nodes of a type; those in methods come behind those in the rest of their class. */
  all(type: string): readonly SyntaxNode[] {
    const known = this.byType.get(type);
    if (known) return known;
    const found: SyntaxNode[] = [];
    for (const chunk of this.parsed.chunks) chunk.collect(type, found);
    this.byType.set(type, found);
    return found;
  }

  /** Those of a type for which a test says yes; see `Chunk.collectIf`. */
  allIf(type: string, test: (node: SyntaxNode) => boolean): readonly SyntaxNode[] {
    const found: SyntaxNode[] = [];
    for (const chunk of this.parsed.chunks) chunk.collectIf(type, test, found);
    return found;
  }

  /** As `allIf`; see `Chunk.collectWhile`. */
  private allWhile(label: string, type: string, test: (node: SyntaxNode) => boolean): readonly SyntaxNode[] {
    const found: SyntaxNode[] = [];
    for (const chunk of this.parsed.chunks) chunk.collectWhile(label, type, test, found);
    return found;
  }

  get calls(): Calls {
    this.ownCalls ??= new Calls(this.all('call'), [
      ...this.all('import_statement'),
      ...this.all('import_from_statement'),
    ]);
    return this.ownCalls;
  }

  get graph(): CallGraph {
    if (!this.ownGraph) {
      const may = new CallCandidates(this.definitions);
      const names = [
        ...this.allWhile('named functions', 'identifier', may.isName),
        ...this.allWhile('methods', 'attribute', may.isAttribute),
      ];
      this.ownGraph = new CallGraph(this.definitions, this.allWhile('own calls', 'call', may.isCall), names);
    }
    return this.ownGraph;
  }

  get units(): Units {
    this.ownUnits ??= new Units(
      this.definitions,
      this.kinds,
      this.graph,
      this.allWhile('starts', 'call', (call) => mayStart(this.definitions, call)),
    );
    return this.ownUnits;
  }

  get held(): HeldLocks {
    this.ownHeld ??= new HeldLocks(
      this.definitions,
      this.locks,
      this.graph,
      this.declarations,
      this.all('with_item'),
      this.calls.ofMethod('acquire', 'release', 'enter_context', 'enter_async_context'),
    );
    return this.ownHeld;
  }

  get accesses(): Accesses {
    this.ownAccesses ??= new Accesses(
      this.definitions,
      this.attributes,
      this.allIf('attribute', mayBeOfSelf),
      this.root,
      () => this.allIf('identifier', isNameUse),
    );
    return this.ownAccesses;
  }

  function(node: SyntaxNode): FunctionModel | undefined {
    return this.definitions.around(node);
  }

  /** Line, from 1, at which a node starts. */
  lineOf(node: SyntaxNode): number {
    return this.placeOf(node).line;
  }

  placeOf({ start, end }: { readonly start: number; readonly end: number }): TextPlace {
    return placeOf(this.parsed.lineStarts, start, end);
  }
}
