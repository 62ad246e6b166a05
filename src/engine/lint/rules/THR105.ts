import { isSemaphore } from '../model/kindNames';
import type { Lock } from '../model/locks';
import type { Module } from '../model/module';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { isCertain } from './support/acquire';
import { innerCalls } from './support/innerCalls';
import { enter, isWaiting, MOST_CALLS, takings } from './support/takings';

/** One place at which a second lock is taken with a first one held. */
interface Order {
  readonly first: Lock;
  readonly second: Lock;
  /** Where the second one is taken. */
  readonly node: SyntaxNode;
  /** What else is held then. */
  readonly gates: ReadonlySet<string>;
}

export const THR105: LintRule = {
  id: 'THR105',
  name: 'lock-order-inversion',
  title: 'Two locks are taken in both orders',
  severity: 'warning',
  observedAs: ['order.cycle', 'deadlock.cycle'],
  check(module, report) {
    const pairs = new Map<string, Order[]>();
    for (const order of ordersOf(module)) {
      const key = [order.first.id, order.second.id].sort().join(' ');
      pairs.set(key, [...(pairs.get(key) ?? []), order]);
    }
    for (const orders of pairs.values()) {
      const inversion = inversionOf(orders);
      if (!inversion) continue;
      const { rare, usual } = inversion;
      const { first, second, node } = rare;
      report({
        node,
        message: `${second.name} is taken with ${first.name} held, elsewhere it is the other way round: two threads can wait for each other for ever. Take them in the same order everywhere.`,
        related: usual
          .slice(0, 3)
          .map((each) => ({ node: each.node, text: `${first.name} taken with ${second.name} held` })),
      });
    }
  },
};

/** Of the orders of two locks: the first place of the rarer order, and those of the other that can meet it. */
function inversionOf(orders: readonly Order[]): { readonly rare: Order; readonly usual: readonly Order[] } | undefined {
  const [{ first: { id = '' } = {} } = {}] = orders as readonly [Order];
  const one = orders.filter(({ first }) => first.id === id);
  const other = orders.filter(({ first }) => first.id !== id);
  const [oneStart = 0, otherStart = 0] = [one, other].map((each) => each[0]?.node.start);
  const isOneRare = one.length < other.length || (one.length === other.length && oneStart > otherStart);
  const [few, many] = isOneRare ? [one, other] : [other, one];
  for (const rare of few) {
    const usual = many.filter((each) => ![...rare.gates].some((gate) => each.gates.has(gate)));
    if (usual.length > 0) return { rare, usual };
  }
  return undefined;
}

/** In the order of the text, each place once. */
function ordersOf(module: Module): Order[] {
  const found = new Map<string, Order>();
  for (const order of [...module.held.sections()].flatMap((section) =>
    isCertain(section) ? ordersIn(module, section) : [],
  )) {
    const { first, second, node } = order;
    const isOrder =
      first.id !== second.id && first.declaration !== second.declaration && isExclusive(first) && isExclusive(second);
    if (isOrder) found.set(`${first.id} ${second.id} ${node.start}`, order);
  }
  return [...found.values()].sort((a, b) => a.node.start - b.node.start);
}

function isExclusive({ kind, isReentrant }: Lock): boolean {
  return !(isSemaphore(kind) && isReentrant);
}

function ordersIn(module: Module, section: ReturnType<Module['held']['sections']>[number]): Order[] {
  const { held, definitions } = module;
  const { lock: first, start, end, node: taken } = section;
  const model = definitions.around(taken);
  const isIn = (node: SyntaxNode): boolean => start <= node.start && node.start < end;
  const heldAt = (node: SyntaxNode): string[] | undefined => {
    const sections = held.sectionsAt(node);
    if (!sections.some((each) => each.node === taken)) return undefined;
    return held.at(node).map(({ lock }) => lock.id);
  };
  const gatesOf = (ids: Iterable<string>, second: Lock): ReadonlySet<string> =>
    new Set([...ids].filter((id) => id !== first.id && id !== second.id));
  const direct = held.sectionsIn(model?.node).flatMap((other): Order[] => {
    const ids = isIn(other.node) && isWaiting(other) ? heldAt(other.node) : undefined;
    const isNew = ids !== undefined && !ids.includes(other.lock.id);
    return isNew ? [{ first, second: other.lock, node: other.node, gates: gatesOf(ids, other.lock) }] : [];
  });
  const calls = model ? innerCalls(module, model).filter(({ node }) => isIn(node)) : [];
  const byCalls = calls.flatMap(({ node, callee, isSameObject }): Order[] => {
    const inside = takings(module, callee, MOST_CALLS - 1);
    const ids = inside.length > 0 ? heldAt(node) : undefined;
    if (!ids) return [];
    return inside.flatMap((taking) => {
      const entered = enter(taking, callee, isSameObject);
      const isSame = entered && (entered.isSameObject || !entered.lock.isOfInstance);
      if (!isSame || ids.includes(taking.lock.id)) return [];
      return [{ first, second: taking.lock, node: taking.node, gates: gatesOf([...ids, ...taking.with], taking.lock) }];
    });
  });
  return [...direct, ...byCalls];
}
