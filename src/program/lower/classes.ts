import ts from 'typescript';
import type { Binding, ClassCode, ClassMember, Expression, FunctionCode, Site } from '../ir.ts';
import { opaque } from './expressions/opaque.ts';
import { lowerKey } from './expressions/patterns.ts';
import { LoweredInitialiser } from './functions.ts';
import type { Lowering } from './lowering.ts';
import { inferredName, keyText, ownName } from './names.ts';
import type { Scope } from './scope.ts';
import { lowerResult, lowerScopedBlock } from './statements/blocks.ts';
import { hasModifier, isAmbient, isDecorated, isStatic } from './syntax.ts';

/** A class whose members are lowered when they are asked for. */
export class LoweredClass implements ClassCode {
  readonly site: Site;
  readonly self: Binding | undefined;
  readonly #node: ts.ClassLikeDeclaration;
  readonly #scope: Scope;
  readonly #lowering: Lowering;
  #nameSite: Site | undefined;
  #extends: { readonly value: Expression | undefined } | undefined;
  #members: readonly ClassMember[] | undefined;

  constructor(node: ts.ClassLikeDeclaration, scope: Scope, self: Binding | undefined, lowering: Lowering) {
    this.#node = node;
    this.#scope = scope;
    this.#lowering = lowering;
    this.self = self;
    this.site = scope.code.site(node);
  }

  get name(): string {
    return this.#node.name?.text ?? inferredName(this.#node);
  }

  get ownName(): string | undefined {
    return ownName(this.#node);
  }

  get nameSite(): Site {
    return (this.#nameSite ??= this.#node.name === undefined
      ? this.#scope.code.headSite(this.#node, this.#node.members.pos)
      : this.#scope.code.site(this.#node.name));
  }

  get abstract(): boolean {
    return hasModifier(this.#node, ts.SyntaxKind.AbstractKeyword);
  }

  get extends(): Expression | undefined {
    return (this.#extends ??= { value: lowerHeritage(this.#node, this.#scope, this.#lowering) }).value;
  }

  get constructorCode(): FunctionCode | undefined {
    const node = this.#node.members.find((member) => ts.isConstructorDeclaration(member) && member.body !== undefined);
    return node && this.#scope.code.functions.get(node);
  }

  get members(): readonly ClassMember[] {
    return (this.#members ??= this.#node.members.flatMap((member) => this.#lowerMember(member)));
  }

  #lowerMember(node: ts.ClassElement): ClassMember[] {
    if (ts.isPropertyDeclaration(node)) return this.#lowerField(node);
    if (ts.isClassStaticBlockDeclaration(node)) return [this.#lowerStaticBlock(node)];
    if (!ts.isMethodDeclaration(node) && !ts.isAccessor(node)) return [];
    const code = this.#scope.code.functions.get(node);
    if (code === undefined) return [];
    return [{ key: lowerKey(node.name, this.#scope, this.#lowering), static: isStatic(node), kind: memberKind(node), function: code, hidden: isHidden(node) }];
  }

  #lowerField(node: ts.PropertyDeclaration): ClassMember[] {
    // What a decorator makes of a property without a value is not followed.
    if (node.initializer === undefined && isDecorated(node)) return [{ key: opaque(node, this.#scope), static: isStatic(node), kind: 'field', function: undefined, hidden: isHidden(node) }];
    if (isAmbient(node) || hasModifier(node, ts.SyntaxKind.AbstractKeyword)) return [];
    const scope = this.#scope;
    const lower = this.#lowering;
    const { initializer } = node;
    const code = initializer && new LoweredInitialiser(
      keyText(node.name) ?? '', scope.code.site(initializer), this, [], () => lowerResult(initializer, scope, lower));
    return [{ key: lowerKey(node.name, scope, lower), static: isStatic(node), kind: 'field', function: code, hidden: isHidden(node) }];
  }

  #lowerStaticBlock(node: ts.ClassStaticBlockDeclaration): ClassMember {
    const scope = this.#scope.openedBy(node) ?? this.#scope;
    const site = scope.code.site(node);
    const code = new LoweredInitialiser('', site, this, scope.vars, () => lowerScopedBlock(node.body.statements, scope, site, this.#lowering));
    return { key: { op: 'constant', value: undefined, site }, static: true, kind: 'block', function: code, hidden: true };
  }
}

function isHidden(node: ts.ClassElement): boolean {
  return hasModifier(node, ts.SyntaxKind.PrivateKeyword);
}

function memberKind(node: ts.MethodDeclaration | ts.AccessorDeclaration): 'method' | 'get' | 'set' {
  if (ts.isMethodDeclaration(node)) return 'method';
  return ts.isGetAccessor(node) ? 'get' : 'set';
}

function lowerHeritage(node: ts.ClassLikeDeclaration, scope: Scope, lower: Lowering): Expression | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const base = clause?.types[0];
  return base && lower.expression(base.expression, scope);
}
