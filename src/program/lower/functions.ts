import ts from 'typescript';
import type { Binding, Block, ClassCode, FunctionCode, Parameter, Site, Statement, Steps } from '../ir.ts';
import { lowerBindingName } from './expressions/patterns.ts';
import { stepwise } from './generators/stepwise.ts';
import type { Lowering } from './lowering.ts';
import { inferredName, keyText, ownName } from './names.ts';
import type { Scope } from './scope.ts';
import { lowerResult, lowerScopedBlock } from './statements/blocks.ts';
import { hasModifier, isModule } from './syntax.ts';

export type FunctionNode =
  | ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration
  | ts.ConstructorDeclaration | ts.AccessorDeclaration;

/** A function whose parameters and body are lowered when they are asked for. */
export class LoweredFunction implements FunctionCode {
  readonly site: Site;
  readonly scope: Scope;
  /** Code in the parameters does not see the variables of the body. */
  readonly bodyScope: Scope;
  readonly self: Binding | undefined;
  readonly #node: FunctionNode;
  readonly #lowering: Lowering;
  #nameSite: Site | undefined;
  #parameters: readonly Parameter[] | undefined;
  #body: Block | undefined;
  #stepwise: { readonly steps: Steps | undefined } | undefined;

  constructor(node: FunctionNode, scope: Scope, self: Binding | undefined, lowering: Lowering) {
    this.#node = node;
    this.#lowering = lowering;
    this.scope = scope;
    this.bodyScope = node.body !== undefined && node.parameters.some(holdsCode) ? scope.open(node.body, 'function') : scope;
    this.self = self;
    this.site = scope.code.site(node);
  }

  get name(): string {
    if (ts.isConstructorDeclaration(this.#node)) return 'constructor';
    return this.#node.name === undefined ? inferredName(this.#node) : keyText(this.#node.name) ?? '';
  }

  get ownName(): string | undefined {
    return ownName(this.#node);
  }

  get nameSite(): Site {
    return (this.#nameSite ??= nameSite(this.#node, this.scope));
  }

  get arrow(): boolean {
    return ts.isArrowFunction(this.#node);
  }

  get constructs(): boolean {
    return (ts.isFunctionDeclaration(this.#node) || ts.isFunctionExpression(this.#node)) && this.#node.asteriskToken === undefined && !this.async;
  }

  get async(): boolean {
    return hasModifier(this.#node, ts.SyntaxKind.AsyncKeyword);
  }

  get generator(): FunctionCode['generator'] {
    if (!isGenerator(this.#node)) return undefined;
    return this.#steps === undefined ? 'opaque' : 'stepwise';
  }

  get vars(): readonly Binding[] {
    return this.generator === 'stepwise' ? [...this.bodyScope.vars, ...this.#steps?.kept ?? []] : this.bodyScope.vars;
  }

  get arguments(): Binding | undefined {
    const binding = this.scope.names.get('arguments');
    return binding?.kind === 'arguments' ? binding : undefined;
  }

  get sharedArguments(): 'no' | 'read' | 'written' {
    const { parameters } = this.#node;
    if (this.scope.argumentsUse === 'none' || parameters.length === 0 || !parameters.every(isSimple) || isModule(this.scope.code.source)) return 'no';
    return this.scope.argumentsUse;
  }

  get owner(): ClassCode | undefined {
    return this.scope.code.classes.get(this.#node.parent);
  }

  get parameters(): readonly Parameter[] {
    return (this.#parameters ??= this.#node.parameters
      .filter((parameter) => !isThisParameter(parameter))
      .map((parameter) => lowerParameter(parameter, this.scope, this.#lowering)));
  }

  get body(): Block {
    return (this.generator === undefined ? undefined : this.#steps?.body) ?? this.#whole;
  }

  get #whole(): Block {
    return (this.#body ??= lowerBody(this.#node, this, this.#lowering));
  }

  get steps(): Steps | undefined {
    return this.async && this.generator === undefined ? this.#steps : undefined;
  }

  get #steps(): Steps | undefined {
    return (this.#stepwise ??= { steps: this.#takenApart() }).steps;
  }

  #takenApart(): Steps | undefined {
    if (!isGenerator(this.#node)) return stepwise(this.#whole, 'await');
    return (this.async ? stepwise(this.#whole, 'yield', 'await') : undefined) ?? stepwise(this.#whole, 'yield');
  }
}

function isGenerator(node: FunctionNode): boolean {
  return !ts.isArrowFunction(node) && node.asteriskToken !== undefined;
}

/** The function that a field initialiser or a static block is: it runs with the class or the instance as `this`. */
export class LoweredInitialiser implements FunctionCode {
  readonly name: string;
  readonly ownName = undefined;
  readonly site: Site;
  readonly owner: ClassCode;
  readonly parameters: readonly Parameter[] = [];
  readonly arrow = false;
  readonly constructs = false;
  readonly async = false;
  readonly generator = undefined;
  readonly steps = undefined;
  readonly self = undefined;
  readonly arguments = undefined;
  readonly sharedArguments = 'no';
  readonly vars: readonly Binding[];
  readonly #lower: () => Block;
  #body: Block | undefined;

  constructor(name: string, site: Site, owner: ClassCode, vars: readonly Binding[], lower: () => Block) {
    this.name = name;
    this.site = site;
    this.owner = owner;
    this.vars = vars;
    this.#lower = lower;
  }

  get nameSite(): Site {
    return this.site;
  }

  get body(): Block {
    return (this.#body ??= this.#lower());
  }
}

export function isThisParameter(parameter: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(parameter.name) && parameter.name.text === 'this';
}

function lowerParameter(node: ts.ParameterDeclaration, scope: Scope, lower: Lowering): Parameter {
  return {
    pattern: lowerBindingName(node.name, scope, lower),
    default: node.initializer && lower.expression(node.initializer, scope),
    rest: node.dotDotDotToken !== undefined,
  };
}

function lowerBody(node: FunctionNode, { scope: outer, bodyScope: scope }: LoweredFunction, lower: Lowering): Block {
  const body = node.body;
  if (body === undefined) throw new Error('A function without a body is a signature, and is never lowered');
  if (!ts.isBlock(body)) return lowerResult(body, scope, lower);
  const block = lowerScopedBlock(body.statements, scope, scope.code.site(body), lower);
  const whole = ts.isConstructorDeclaration(node) ? withParameterProperties(block, node, scope) : block;
  return outer === scope ? whole : { ...whole, body: [...inheritedVars(outer, scope), ...whole.body] };
}

/** A `var` of the name of a parameter begins with its value. */
function inheritedVars(outer: Scope, inner: Scope): readonly Statement[] {
  return inner.vars.flatMap((binding): readonly Statement[] => {
    const parameter = outer.names.get(binding.name);
    if (parameter === undefined) return [];
    const { site } = parameter;
    return [{ op: 'declare', target: { kind: 'binding', binding, site, declares: true }, init: { op: 'load', binding: parameter, site }, site }];
  });
}

function isSimple({ name, initializer, dotDotDotToken }: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(name) && initializer === undefined && dotDotDotToken === undefined;
}

/** Whether a function or class stands in a parameter: it may look at names when it is called. */
function holdsCode(parameter: ts.ParameterDeclaration): boolean {
  const inside = (node: ts.Node): boolean => ts.isFunctionLike(node) || ts.isClassLike(node) || ts.forEachChild(node, inside) === true;
  return (parameter.initializer !== undefined && inside(parameter.initializer)) || inside(parameter.name);
}

/** `constructor(private w: T) {}`: the stores come first, in a derived class after `super()`. */
function withParameterProperties(block: Block, node: ts.ConstructorDeclaration, scope: Scope): Block {
  const stores = node.parameters.flatMap((parameter) => parameterProperty(parameter, node, scope));
  if (stores.length === 0) return block;
  const afterSuper = 1 + block.body.findIndex(isSuperCall);
  return { ...block, body: block.body.toSpliced(afterSuper, 0, ...stores) };
}

function isSuperCall(statement: Statement): boolean {
  return statement.op === 'evaluate' && statement.value.op === 'call' && statement.value.callee === 'super';
}

function parameterProperty(
  parameter: ts.ParameterDeclaration, node: ts.ConstructorDeclaration, scope: Scope,
): Statement[] {
  if (!ts.isParameterPropertyDeclaration(parameter, node) || !ts.isIdentifier(parameter.name)) return [];
  const binding = scope.resolve(parameter.name.text);
  if (binding === undefined) return [];
  const site = scope.code.site(parameter.name);
  const key = { op: 'constant', value: binding.name, site } as const;
  const target = { kind: 'member', object: { op: 'this', site }, key, site } as const;
  return [{ op: 'evaluate', value: { op: 'store', target, value: { op: 'load', binding, site }, site }, site }];
}

function nameSite(node: FunctionNode, scope: Scope): Site {
  if (node.name !== undefined) return scope.code.site(node.name);
  const end = ts.isArrowFunction(node) ? node.equalsGreaterThanToken.end : node.body?.pos;
  return scope.code.headSite(node, end ?? node.end);
}
