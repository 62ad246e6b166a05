/** What conditions ask about things that may be missing: `self.x is None`, `key in d`, `hasattr(self, "x")`. */
import type { Module } from '../../model/module';
import { bindingScope } from '../../model/scopes';
import { functionAround, type SyntaxNode } from '../../syntax/node';

/** Something that can be there or not: a variable, an attribute, an entry. */
export interface Thing {
  /** The same for the same thing: `self.x`, `d[k]`. */
  readonly key: string;
  /** The attribute or variable itself, or that which has the entry. */
  readonly base: SyntaxNode;
  /** Of an entry. */
  readonly entry: SyntaxNode | undefined;
}

export interface Test {
  readonly thing: Thing;
  readonly says: 'missing' | 'present';
  /** none: it is compared with None. truth: it is true or false. entry: `in`. attribute: `hasattr`. */
  readonly how: 'none' | 'truth' | 'entry' | 'attribute';
  readonly node: SyntaxNode;
}

/** All that is certain when a condition is true; or when it is false. */
export function testsOf(condition: SyntaxNode | undefined, when: 'true' | 'false' = 'true'): readonly Test[] {
  if (!condition) return [];
  const before = known[when].get(condition);
  if (before) return before;
  const tests = findTests(condition, when);
  known[when].set(condition, tests);
  return tests;
}

/** Kept with the syntax: what a condition asks follows from the text of its function alone. */
const known = { true: new WeakMap<SyntaxNode, readonly Test[]>(), false: new WeakMap<SyntaxNode, readonly Test[]>() };

function findTests(condition: SyntaxNode, when: 'true' | 'false'): readonly Test[] {
  switch (condition.type) {
    case 'parenthesized_expression':
      return testsOf(condition.children[0], when);
    case 'not_operator':
      return testsOf(condition.child('argument'), when === 'true' ? 'false' : 'true');
    case 'boolean_operator': {
      const isEach = condition.child('operator')?.type === (when === 'true' ? 'and' : 'or');
      return isEach ? [...testsOf(condition.child('left'), when), ...testsOf(condition.child('right'), when)] : [];
    }
    case 'comparison_operator':
      return comparison(condition, when);
    default:
      return truth(condition, when);
  }
}

function comparison(node: SyntaxNode, when: 'true' | 'false'): Test[] {
  const [left, operator, right] = node.children;
  if (!left || !operator || !right || node.children.length !== 3) return [];
  const word = operator.text.replace(/\s+/g, ' ');
  const isPlain = word === 'is' || word === '==' || word === 'in';
  if (!isPlain && word !== 'is not' && word !== '!=' && word !== 'not in') return [];
  const isTrue = isPlain === (when === 'true');
  if (word.endsWith('in')) {
    const thing = entryOf(right, left);
    return thing ? [{ thing, says: isTrue ? 'present' : 'missing', how: 'entry', node }] : [];
  }
  const thing = right.type === 'none' ? thingOf(left) : undefined;
  return thing ? [{ thing, says: isTrue ? 'missing' : 'present', how: 'none', node }] : [];
}

function truth(node: SyntaxNode, when: 'true' | 'false'): Test[] {
  const says = when === 'true' ? 'present' : 'missing';
  if (node.type === 'call' && node.child('function')?.text === 'hasattr') {
    const thing = attributeByName(node);
    return thing ? [{ thing, says, how: 'attribute', node }] : [];
  }
  const thing = thingOf(node);
  return thing ? [{ thing, says, how: 'truth', node }] : [];
}

/** The thing that an expression gives, or None when it is missing. */
export function thingOf(node: SyntaxNode | undefined): Thing | undefined {
  if (!node) return undefined;
  if (node.type === 'parenthesized_expression') return thingOf(node.children[0]);
  if (node.type === 'named_expression') return thingOf(node.child('value'));
  if (node.type === 'identifier') return localThing(node) ?? { key: node.text, base: node, entry: undefined };
  if (node.type === 'attribute') return { key: node.text, base: node, entry: undefined };
  if (node.type === 'subscript') {
    const base = node.child('value');
    const entry = node.child('subscript');
    return base && entry ? entryOf(base, entry) : undefined;
  }
  if (node.type !== 'call') return undefined;
  const callee = node.child('function');
  if (callee?.text === 'getattr') return attributeByName(node);
  const [key] = node.child('arguments')?.children ?? [];
  const object = callee?.type === 'attribute' && callee.child('attribute')?.text === 'get' && callee.child('object');
  return object && key ? entryOf(object, key) : undefined;
}

function entryOf(base: SyntaxNode, entry: SyntaxNode): Thing | undefined {
  const isNamespace = base.type === 'attribute' && base.child('attribute')?.text === '__dict__';
  const name = isNamespace ? wordOf(entry) : undefined;
  const object = base.child('object');
  if (name && object) return { key: `${object.text}.${name}`, base, entry: undefined };
  if (base.type !== 'identifier' && base.type !== 'attribute') return undefined;
  return { key: `${base.text}[${entry.text}]`, base, entry };
}

/** Of `hasattr(o, "x")` and `getattr(o, "x", None)`. */
function attributeByName(call: SyntaxNode): Thing | undefined {
  const [object, name] = call.child('arguments')?.children ?? [];
  const word = wordOf(name);
  return object && word ? { key: `${object.text}.${word}`, base: object, entry: undefined } : undefined;
}

function wordOf(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'string' ? /^["'](\w+)["']$/.exec(node.text)?.[1] : undefined;
}

/** What was looked up into a local name just before: `x = d.get(k)`. */
function localThing(node: SyntaxNode): Thing | undefined {
  const scope = bindingScope(node, node.text);
  if (scope?.node.type !== 'function_definition' || functionAround(node) !== scope.node) return undefined;
  const before = (scope.bindings.get(node.text) ?? []).filter((each) => each.node.start < node.start);
  const value = before.at(-1)?.kind === 'assign' ? before.at(-1)?.value : undefined;
  return value && value.type !== 'identifier' && value.end <= node.start ? thingOf(value) : undefined;
}

/** Whether it is an attribute of `self` or of a class, or a variable of the module: what other threads can have as well. */
export function isShared(module: Module, { key, base }: Pick<Thing, 'key' | 'base'>): boolean {
  const isOfThread = key !== base.text && module.kinds.nameOf(base) === 'threading.local';
  if (!functionAround(base) || isOfThread) return false;
  if (module.definitions.isSelf(base)) return true;
  if (base.type === 'attribute') {
    const object = base.child('object');
    return module.definitions.isSelf(object) || module.definitions.classNamed(object) !== undefined;
  }
  if (base.type !== 'identifier') return false;
  const scope = bindingScope(base, base.text);
  const isVariable = scope?.bindings.get(base.text)?.every(({ kind }) => kind === 'assign' || kind === 'update');
  return scope?.node.type === 'module' && isVariable === true;
}

/** An `if` whose condition asks, with the block that runs when all of it is certain. */
export interface Branch {
  readonly statement: SyntaxNode;
  readonly tests: readonly Test[];
}

/** The branches of `if` that a node lies in, inner ones first, up to the function's head. */
export function branchesAround(node: SyntaxNode): Branch[] {
  const found: Branch[] = [];
  let inner = node;
  for (
    let at = node.parent;
    at && at.type !== 'function_definition' && at.type !== 'lambda';
    inner = at, at = at.parent
  ) {
    if (at.type !== 'if_statement' && at.type !== 'elif_clause') continue;
    const condition = at.child('condition');
    if (inner.field === 'consequence') found.push({ statement: at, tests: testsOf(condition) });
    if (inner.type === 'else_clause') found.push({ statement: at, tests: testsOf(condition, 'false') });
  }
  return found;
}
