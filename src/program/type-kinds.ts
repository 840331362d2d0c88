import ts from 'typescript';

/**
 * What sort of type the checker gave. By flags alone: those are numbers on every compiler, while the methods that types
 * have are not on all of them.
 */
export function isLiteral(type: ts.Type): type is ts.StringLiteralType | ts.NumberLiteralType {
  return (type.flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) !== 0;
}

export function isUnion(type: ts.Type): type is ts.UnionType {
  return (type.flags & ts.TypeFlags.Union) !== 0;
}

export function isIntersection(type: ts.Type): type is ts.IntersectionType {
  return (type.flags & ts.TypeFlags.Intersection) !== 0;
}

export function isObject(type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

/** `Map<string, number>`, of which `Map<K, V>` is the target. */
export function isReference(type: ts.ObjectType): type is ts.TypeReference {
  return (type.objectFlags & ts.ObjectFlags.Reference) !== 0;
}

export function isClassOrInterface(type: ts.ObjectType): type is ts.InterfaceType {
  return (type.objectFlags & ts.ObjectFlags.ClassOrInterface) !== 0;
}

export function isClass(type: ts.ObjectType): boolean {
  return (type.objectFlags & ts.ObjectFlags.Class) !== 0;
}

/** The declarations of a type's symbol. Most types have no symbol, whatever the compiler's own types say. */
export function declarationsOf(type: ts.Type): readonly ts.Declaration[] {
  const symbol = type.symbol as ts.Symbol | undefined;
  return symbol?.declarations ?? [];
}
