import ts from 'typescript';
import type { BindingKind } from '../ir.ts';
import { LoweredClass } from './classes.ts';
import { isThisParameter, LoweredFunction, type FunctionNode } from './functions.ts';
import { declareImport, declareImportEquals } from './imports.ts';
import type { Lowering } from './lowering.ts';
import { Scope } from './scope.ts';
import type { SourceCode } from './source-code.ts';
import { isAmbient, isTypeSyntax } from './syntax.ts';

/**
 * The one walk over a whole file: opens scopes, declares names, lists functions and classes, counts identifiers.
 * It keeps its own stack, so that no nesting is too deep for it. Lowering then looks names up in the finished scopes.
 */
export function collect(code: SourceCode, lowering: Lowering): Scope {
  const module = new Scope(code, undefined, 'function');
  const walk = new Walk(module, lowering);
  walk.run(code.source);
  return module;
}

class Walk {
  readonly #code: SourceCode;
  readonly #nodes: ts.Node[] = [];
  readonly #scopes: Scope[] = [];
  readonly #module: Scope;
  readonly #lowering: Lowering;

  constructor(module: Scope, lowering: Lowering) {
    this.#module = module;
    this.#lowering = lowering;
    this.#code = module.code;
  }

  run(source: ts.SourceFile): void {
    this.#visitChildren(source, this.#module);
    for (let node = this.#nodes.pop(); node !== undefined; node = this.#nodes.pop()) {
      this.#visit(node, this.#scopes.pop() ?? this.#module);
    }
  }

  #visitLater(node: ts.Node, scope: Scope): void {
    this.#nodes.push(node);
    this.#scopes.push(scope);
  }

  /** Puts the children on the stack, the first on top. */
  #visitChildren(node: ts.Node, scope: Scope): void {
    const bottom = this.#nodes.length;
    ts.forEachChild(node, (child) => {
      this.#nodes.push(child);
    });
    for (let i = bottom, j = this.#nodes.length - 1; i < j; i++, j--) {
      const swapped = this.#nodes[i]!;
      this.#nodes[i] = this.#nodes[j]!;
      this.#nodes[j] = swapped;
    }
    while (this.#scopes.length < this.#nodes.length) this.#scopes.push(scope);
  }

  #visit(node: ts.Node, scope: Scope): void {
    if (ts.isIdentifier(node) && node.text === 'arguments') scope.declareArguments(node);
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) this.#code.count(node.text);
    else if (isTypeSyntax(node) || isAmbient(node)) return;
    else if (isFunctionNode(node)) this.#visitFunction(node, scope);
    else if (ts.isClassLike(node)) this.#visitClass(node, scope);
    // As in a function, the names of the block are those of the scope that `var` rises to.
    else if (ts.isClassStaticBlockDeclaration(node)) this.#visitChildren(node.body, scope.open(node, 'function'));
    else this.#visitChildren(node, this.#enter(node, scope));
  }

  /** Declares what the node declares; the result is the scope of its children. */
  #enter(node: ts.Node, scope: Scope): Scope {
    switch (node.kind) {
      case ts.SyntaxKind.VariableDeclarationList:
        declareVariables(node as ts.VariableDeclarationList, scope);
        return scope;
      case ts.SyntaxKind.Block:
        return declaresNames((node as ts.Block).statements) ? scope.open(node, 'block') : scope;
      case ts.SyntaxKind.CaseBlock:
      case ts.SyntaxKind.ForStatement:
      case ts.SyntaxKind.ForInStatement:
      case ts.SyntaxKind.ForOfStatement:
        return scope.open(node, 'block');
      case ts.SyntaxKind.CatchClause: {
        const inner = scope.open(node, 'block');
        const parameter = (node as ts.CatchClause).variableDeclaration;
        if (parameter !== undefined) inner.declarePattern(parameter.name, 'catch');
        return inner;
      }
      case ts.SyntaxKind.EnumDeclaration:
        scope.declare((node as ts.EnumDeclaration).name, 'opaque');
        return scope;
      case ts.SyntaxKind.ModuleDeclaration: {
        const { name } = node as ts.ModuleDeclaration;
        if (ts.isIdentifier(name)) scope.declare(name, 'opaque');
        return scope.open(node, 'namespace');
      }
      case ts.SyntaxKind.ImportDeclaration:
        declareImport(node as ts.ImportDeclaration, scope);
        return scope;
      case ts.SyntaxKind.ImportEqualsDeclaration:
        declareImportEquals(node as ts.ImportEqualsDeclaration, scope);
        return scope;
      case ts.SyntaxKind.ElementAccessExpression: {
        const key = (node as ts.ElementAccessExpression).argumentExpression;
        if (ts.isStringLiteralLike(key)) this.#code.count(key.text);
        return scope;
      }
      default:
        return scope;
    }
  }

  #visitFunction(node: FunctionNode, scope: Scope): void {
    // Overload signatures and abstract members are types.
    if (node.body === undefined) return;
    const lowered = this.#declareFunction(node, scope);
    const inner = lowered.scope;
    inner.hasArguments = !lowered.arrow;
    this.#code.functions.set(node, lowered);
    for (const parameter of node.parameters) {
      if (!isThisParameter(parameter)) inner.declarePattern(parameter.name, 'parameter');
    }
    if (ts.isBlock(node.body)) this.#visitChildren(node.body, lowered.bodyScope);
    else this.#visitLater(node.body, inner);
    for (const parameter of node.parameters.toReversed()) this.#visitLater(parameter, inner);
    if (node.name !== undefined) this.#visitLater(node.name, scope);
  }

  #declareFunction(node: FunctionNode, scope: Scope): LoweredFunction {
    if (ts.isFunctionExpression(node) && node.name !== undefined) {
      const outer = new Scope(this.#code, scope, 'block');
      const self = outer.declare(node.name, 'self');
      return new LoweredFunction(node, outer.open(node, 'function'), self, this.#lowering);
    }
    const lowered = new LoweredFunction(node, scope.open(node, 'function'), undefined, this.#lowering);
    if (ts.isFunctionDeclaration(node)) {
      const binding = node.name === undefined
        ? scope.declareSynthetic('default', node, 'function')
        : scope.declare(node.name, 'function');
      if (binding.kind !== 'opaque') scope.functions.push({ binding, function: lowered });
    }
    return lowered;
  }

  #visitClass(node: ts.ClassLikeDeclaration, scope: Scope): void {
    if (ts.isClassDeclaration(node)) {
      if (node.name === undefined) scope.declareSynthetic('default', node, 'class');
      else scope.declare(node.name, 'class');
    }
    const inner = scope.open(node, 'block');
    const self = node.name === undefined ? undefined : inner.declare(node.name, 'self');
    for (const { name } of node.members) if (name !== undefined && ts.isPrivateIdentifier(name)) inner.declarePrivate(name, node);
    this.#code.classes.set(node, new LoweredClass(node, inner, self, this.#lowering));
    this.#visitChildren(node, inner);
  }
}

function isFunctionNode(node: ts.Node): node is FunctionNode {
  switch (node.kind) {
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
    case ts.SyntaxKind.FunctionDeclaration:
    case ts.SyntaxKind.MethodDeclaration:
    case ts.SyntaxKind.Constructor:
    case ts.SyntaxKind.GetAccessor:
    case ts.SyntaxKind.SetAccessor:
      return true;
    default:
      return false;
  }
}

function declareVariables(list: ts.VariableDeclarationList, scope: Scope): void {
  const kind = variableKind(list);
  for (const declaration of list.declarations) scope.declarePattern(declaration.name, kind);
}

function variableKind(list: ts.VariableDeclarationList): BindingKind {
  if ((list.flags & ts.NodeFlags.BlockScoped) === 0) return 'var';
  // `const`, `using` and `await using` have other bits than the one of `let`.
  return (list.flags & ts.NodeFlags.BlockScoped & ~ts.NodeFlags.Let) === 0 ? 'let' : 'const';
}

function declaresNames(statements: ts.NodeArray<ts.Statement>): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case ts.SyntaxKind.VariableStatement:
        return ((statement as ts.VariableStatement).declarationList.flags & ts.NodeFlags.BlockScoped) !== 0;
      case ts.SyntaxKind.FunctionDeclaration:
      case ts.SyntaxKind.ClassDeclaration:
      case ts.SyntaxKind.EnumDeclaration:
      case ts.SyntaxKind.ModuleDeclaration:
      case ts.SyntaxKind.ImportEqualsDeclaration:
        return true;
      default:
        return false;
    }
  });
}
