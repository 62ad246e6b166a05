/** What is assigned to the attributes of the module's classes. */
import type { SyntaxNode } from '../syntax/node';
import { bodyNodes } from '../syntax/node';
import type { ClassModel, Definitions, FunctionModel } from './definitions';

export interface AttributeAssignment {
  /** `self.name`, or the name in the class's body. */
  readonly node: SyntaxNode;
  /** What is assigned; undefined for `x += 1`, unpacking of one value and declarations without a value. */
  readonly value: SyntaxNode | undefined;
  /** What the declaration says, as in `x: int = 0`. */
  readonly type: SyntaxNode | undefined;
  /** The method in which it is, undefined in the class's body. */
  readonly method: FunctionModel | undefined;
}

/** Its target is an attribute, or several things. */
export function mayAssignAttributes(assignment: SyntaxNode): boolean {
  return /^(attribute|pattern_list|tuple_pattern|list_pattern)$/.test(assignment.child('left')?.type ?? '');
}

export class Attributes {
  private readonly byClass = new Map<ClassModel, Map<string, AttributeAssignment[]>>();

  constructor(
    private readonly definitions: Definitions,
    assignments: readonly SyntaxNode[],
  ) {
    for (const model of definitions.classes) this.addBody(model);
    for (const node of assignments) this.addMethods(node);
  }

  /** Assignments to an attribute of a class, in those it inherits from as well. */
  of(model: ClassModel, name: string): AttributeAssignment[] {
    return this.definitions.family(model).flatMap((each) => this.byClass.get(each)?.get(name) ?? []);
  }

  /** Names of the attributes that a class itself assigns. */
  names(model: ClassModel): string[] {
    return [...(this.byClass.get(model)?.keys() ?? [])];
  }

  /** The class, among those that one inherits from, which an attribute is of: the farthest that assigns it. */
  home(model: ClassModel, name: string): ClassModel | undefined {
    return this.definitions.family(model).findLast((each) => this.byClass.get(each)?.has(name));
  }

  private addBody(model: ClassModel): void {
    for (const node of bodyNodes(model.node)) {
      if (node.type !== 'assignment') continue;
      const left = node.child('left');
      if (left?.type !== 'identifier') continue;
      const item = { node: left, value: node.child('right'), type: node.child('type'), method: undefined };
      this.add(model, left.text, item);
    }
  }

  private addMethods(node: SyntaxNode): void {
    const left = node.child('left');
    if (!left) return;
    const isPattern = /^(pattern_list|tuple_pattern|list_pattern)$/.test(left.type);
    const values = isPattern ? pairedValues(left, node.child('right')) : [node.child('right')];
    (isPattern ? left.children : [left]).forEach((target, i) => {
      const name = this.definitions.selfAttribute(target);
      const owner = name === undefined ? undefined : this.definitions.classAround(target);
      if (name === undefined || !owner) return;
      const type = isPattern ? undefined : node.child('type');
      this.add(owner, name, { node: target, value: values[i], type, method: this.definitions.around(node) });
    });
  }

  private add(model: ClassModel, name: string, item: AttributeAssignment): void {
    const names = this.byClass.get(model) ?? new Map<string, AttributeAssignment[]>();
    this.byClass.set(model, names);
    const known = names.get(name);
    if (known) known.push(item);
    else names.set(name, [item]);
  }
}

/** The values of `a, b = 1, 2`, one for each target; none when they cannot be told apart. */
function pairedValues(targets: SyntaxNode, value: SyntaxNode | undefined): readonly SyntaxNode[] {
  const isList = value !== undefined && /^(tuple|expression_list|list)$/.test(value.type);
  const isPaired = isList && value.children.length === targets.children.length;
  return isPaired && value.children.every(({ type }) => !type.endsWith('_splat')) ? value.children : [];
}
