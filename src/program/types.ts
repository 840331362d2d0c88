import ts from 'typescript';
import { lowerSourceFile } from './lower/index.ts';
import { isLibrary, mainDeclaration, ownerOfDeclaration } from './origin.ts';
import type { StaticType } from './program.ts';
import { NodeSite } from './site.ts';
import { isCode, targetOfSymbol } from './targets.ts';
import { isClass, isClassOrInterface, isIntersection, isLiteral, isObject, isReference, isUnion } from './type-kinds.ts';

type Instance = Extract<StaticType, { kind: 'instance' }>;
type Members = (name: string) => StaticType | undefined;

const unknown: StaticType = { kind: 'unknown' };
const primitive: StaticType = { kind: 'primitive' };
const number: StaticType = { kind: 'primitive', number: true };
const nullish: StaticType = { kind: 'nullish' };

const nullishFlags = ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void;
const primitiveFlags = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike
  | ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike | ts.TypeFlags.EnumLike;

/** Reads the checker's types. Where the checker throws, which an exotic one may, the type is unknown. */
export class TypeReader {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #known = new Map<ts.Type, StaticType>();

  constructor(program: ts.Program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  typeOf(node: ts.Node): StaticType {
    return guarded(() => this.#read(this.#typeAt(node), node));
  }

  #typeAt(node: ts.Node): ts.Type {
    // The checker takes the name of a class for the type of its instances; as a value it is the constructor.
    if (ts.isIdentifier(node) && ts.isClassLike(node.parent) && node.parent.name === node) {
      const symbol = this.#checker.getSymbolAtLocation(node);
      if (symbol !== undefined) return this.#checker.getTypeOfSymbolAtLocation(symbol, node);
    }
    return this.#checker.getTypeAtLocation(node);
  }

  #read(type: ts.Type, at: ts.Node): StaticType {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    // A type that is met again while it is read, as its own constraint, is not read any deeper.
    this.#known.set(type, unknown);
    const read = this.#readNew(type, at);
    this.#known.set(type, read);
    return read;
  }

  #readNew(type: ts.Type, at: ts.Node): StaticType {
    const { flags } = type;
    if (isLiteral(type)) return { kind: 'literal', value: type.value };
    if ((flags & ts.TypeFlags.BooleanLiteral) !== 0) {
      return { kind: 'literal', value: this.#checker.typeToString(type) === 'true' };
    }
    if ((flags & nullishFlags) !== 0) return nullish;
    if ((flags & ts.TypeFlags.NumberLike) !== 0) return number;
    if ((flags & primitiveFlags) !== 0) return primitive;
    if (isUnion(type)) return { kind: 'union', members: type.types.map((member) => this.#read(member, at)) };
    if (isIntersection(type)) return this.#readIntersection(type, at);
    if (isObject(type)) return this.#readObject(type, at);
    if ((flags & ts.TypeFlags.Instantiable) !== 0) return this.#readConstraint(type, at);
    // `any`, `unknown`, `never`, `object`.
    return unknown;
  }

  #readConstraint(type: ts.Type, at: ts.Node): StaticType {
    const constraint = this.#checker.getBaseConstraintOfType(type);
    return constraint === undefined || constraint === type ? unknown : this.#read(constraint, at);
  }

  /** `Tensor & { named: string }` is a tensor. */
  #readIntersection(type: ts.IntersectionType, at: ts.Node): StaticType {
    const instances = type.types.map((part) => this.#read(part, at)).filter((part) => part.kind === 'instance');
    const only = instances[0];
    if (only !== undefined && instances.length === 1) return { ...only, member: this.#members(type, at) };
    return this.#readAnonymous(type, at);
  }

  #readObject(type: ts.ObjectType, at: ts.Node): StaticType {
    const checker = this.#checker;
    if (checker.isTupleType(type)) return this.#readTuple(type as ts.TupleTypeReference, at);
    if (checker.isArrayType(type)) {
      return { kind: 'array', element: lazy(() => this.#readArgument(type, at)) };
    }
    const target = isReference(type) ? type.target : type;
    if (!isClassOrInterface(target)) return this.#readAnonymous(type, at);
    if (isPromise(target) && isLibrary(target.symbol, this.#program)) {
      return { kind: 'promise', value: lazy(() => this.#readArgument(type, at)) };
    }
    if (!isClass(target) && isCallable(type, checker)) return this.#readFunction(type, at);
    return this.#readInstance(type, target, at);
  }

  #readTuple(type: ts.TupleTypeReference, at: ts.Node): StaticType {
    const checker = this.#checker;
    if (type.target.elementFlags.some((flag) => (flag & ts.ElementFlags.Variable) !== 0)) {
      const element = lazy(() => this.#readOptional(checker.getIndexTypeOfType(type, ts.IndexKind.Number), at));
      return { kind: 'array', element };
    }
    const elements = lazyList(() => checker.getTypeArguments(type).map((element) => this.#read(element, at)));
    return { kind: 'tuple', elements };
  }

  #readInstance(type: ts.ObjectType, target: ts.InterfaceType, at: ts.Node): Instance {
    const declaration = mainDeclaration(target.symbol);
    const owner = declaration && ownerOfDeclaration(declaration, this.#program);
    return {
      kind: 'instance',
      package: owner?.package,
      path: owner?.path ?? '',
      file: owner?.file,
      name: target.symbol.name,
      get class() {
        return classOf(declaration);
      },
      bases: lazyList(() => this.#checker.getBaseTypes(target).map((base) => this.#read(base, at))),
      member: this.#members(type, at),
    };
  }

  #readAnonymous(type: ts.Type, at: ts.Node): StaticType {
    const checker = this.#checker;
    const symbol = type.symbol as ts.Symbol | undefined;
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.ValueModule) !== 0) {
      const target = targetOfSymbol(symbol, this.#program);
      if (target !== undefined) return { kind: 'module', target };
    }
    if (isCallable(type, checker)) return this.#readFunction(type, at);
    return this.#readInterop(type, symbol, at) ?? this.#readPlain(type, at);
  }

  /** `import('x')` of a CommonJS module: its names, and the module itself as `default`. */
  #readInterop(type: ts.Type, symbol: ts.Symbol | undefined, at: ts.Node): StaticType | undefined {
    if (symbol?.declarations !== undefined) return undefined;
    const whole = this.#members(type, at)('default');
    return whole?.kind === 'module' ? whole : undefined;
  }

  /** Anything fits into `{}`, so it says nothing. */
  #readPlain(type: ts.Type, at: ts.Node): StaticType {
    const isEmpty = this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.InTypeAlias) === '{}';
    return isEmpty ? unknown : { kind: 'object', member: this.#members(type, at) };
  }

  #readFunction(type: ts.Type, at: ts.Node): StaticType {
    const any = lazy(() => {
      const results = this.#checker.getSignaturesOfType(type, ts.SignatureKind.Call)
        .map((signature) => this.#read(this.#checker.getReturnTypeOfSignature(signature), at));
      return results.length === 1 && results[0] !== undefined ? results[0] : { kind: 'union', members: results };
    });
    return { kind: 'function', result: (call) => guarded(() => this.#resultAt(type, NodeSite.nodeOf(call))) ?? any() };
  }

  /** What a call gives that is written as one of this very function: there the signature is chosen, and its type parameters are known. */
  #resultAt(type: ts.Type, call: ts.Node | undefined): StaticType | undefined {
    if (call === undefined || !ts.isCallExpression(call) || this.#checker.getTypeAtLocation(call.expression) !== type) return undefined;
    return this.#read(this.#checker.getTypeAtLocation(call), call);
  }

  #readArgument(type: ts.ObjectType, at: ts.Node): StaticType {
    return this.#readOptional(this.#checker.getTypeArguments(type as ts.TypeReference)[0], at);
  }

  #readOptional(type: ts.Type | undefined, at: ts.Node): StaticType {
    return type === undefined ? unknown : this.#read(type, at);
  }

  /** Of an index signature: what it says of the keys that are there says nothing of which are. */
  #readIndexed(type: ts.Type, at: ts.Node): StaticType | undefined {
    const found = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return found && { kind: 'union', members: [this.#read(found, at), nullish] };
  }

  #members(type: ts.Type, at: ts.Node): Members {
    const checker = this.#checker;
    return (name) => {
      const read = (): StaticType | undefined => {
        const symbol = checker.getPropertyOfType(type, name);
        return symbol === undefined ? this.#readIndexed(type, at) : this.#read(checker.getTypeOfSymbolAtLocation(symbol, at), at);
      };
      return guarded(read);
    };
  }
}

function classOf(declaration: ts.Declaration | undefined): Instance['class'] {
  if (declaration === undefined || !ts.isClassLike(declaration)) return undefined;
  const source = declaration.getSourceFile();
  const code = isCode(source) ? lowerSourceFile(source).classAt(declaration) : undefined;
  return code && { module: source.fileName, code };
}

function isPromise(type: ts.InterfaceType): boolean {
  return type.symbol.name === 'Promise' || type.symbol.name === 'PromiseLike';
}

function isCallable(type: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0;
}

function guarded<T>(ask: () => T): T | StaticType {
  try {
    return ask();
  } catch {
    return unknown;
  }
}

function lazy(read: () => StaticType): () => StaticType {
  let known: StaticType | undefined;
  return () => (known ??= guarded(read));
}

function lazyList(read: () => readonly StaticType[]): () => readonly StaticType[] {
  let known: readonly StaticType[] | undefined;
  return () => (known ??= orEmpty(read));
}

function orEmpty(read: () => readonly StaticType[]): readonly StaticType[] {
  try {
    return read();
  } catch {
    return [];
  }
}
