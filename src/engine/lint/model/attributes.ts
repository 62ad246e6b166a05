/** What is assigned to the attributes of the module's classes. */
import type { SyntaxNode } from '../syntax/node';
import { bodyNodes } from '../syntax/node';
import type { ClassModel, Definitions, FunctionModel } from './definitions';

export interface AttributeAssignment {
  /** `self.name`, or the name in the class's body. */
  readonly node: SyntaxNode;
  /** What is assigned; undefined for `x += 1`, unpacking and declarations without a value. */
  readonly value: SyntaxNode | undefined;
  /** What the declaration says, as in `x: int = 0`. */
  readonly type: SyntaxNode | undefined;
  /** The method in which it is, undefined in the class's body. */
  readonly method: FunctionModel | undefined;
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
      if (left?.type === 'identifier') this.add(model, left.text, left, node, undefined);
    }
  }

  private addMethods(node: SyntaxNode): void {
    const left = node.child('left');
    if (!left) return;
    const isPattern = /^(pattern_list|tuple_pattern|list_pattern)$/.test(left.type);
    for (const target of isPattern ? left.children : [left]) {
      const name = this.definitions.selfAttribute(target);
      const owner = name === undefined ? undefined : this.definitions.classAround(target);
      if (name !== undefined && owner) {
        this.add(owner, name, target, isPattern ? undefined : node, this.definitions.around(node));
      }
    }
  }

  private add(
    model: ClassModel,
    name: string,
    node: SyntaxNode,
    assignment: SyntaxNode | undefined,
    method: FunctionModel | undefined,
  ): void {
    const names = this.byClass.get(model) ?? new Map<string, AttributeAssignment[]>();
    this.byClass.set(model, names);
    const item = { node, value: assignment?.child('right'), type: assignment?.child('type'), method };
    const known = names.get(name);
    if (known) known.push(item);
    else names.set(name, [item]);
  }
}
