/** Reads from the type declarations of TF.js which parameters of its functions are tensors. */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface DeclaredParameter {
  readonly name: string;
  readonly at: number;
  readonly tensor: boolean;
}

const entry = fileURLToPath(new URL('../../../node_modules/@tensorflow/tfjs/dist/index.d.ts', import.meta.url));

/** Looks up the parameters of an exported function by its path. */
export function declaredParameters(): (path: string) => DeclaredParameter[] {
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const root = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (file === undefined || root === undefined) throw new Error(`no declarations at ${entry}`);

  const unaliased = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

  const member = (symbol: ts.Symbol, name: string): ts.Symbol => {
    const type = checker.getTypeOfSymbolAtLocation(symbol, file);
    const exported = symbol.flags & ts.SymbolFlags.Module ? checker.getExportsOfModule(symbol) : [];
    const found = exported.find((candidate) => candidate.name === name) ?? type.getProperty(name);
    if (found === undefined) throw new Error(`${symbol.name} declares no '${name}'`);
    return unaliased(found);
  };

  return (path) => {
    const symbol = path.split('.').reduce(member, root);
    const [signature] = checker.getTypeOfSymbolAtLocation(symbol, file).getCallSignatures();
    return (signature?.getParameters() ?? []).map((parameter, at) => {
      const type = checker.typeToString(
        checker.getTypeOfSymbolAtLocation(parameter, file),
        undefined,
        ts.TypeFormatFlags.NoTruncation,
      );
      // `T extends Tensor` appears as `TensorLike | T`; a bare `T` is a tensor in this library too.
      return { name: parameter.name, at, tensor: /\b(Tensor|Scalar|TensorLike)/.test(type) || /^T(_\d+)?$/.test(type) };
    });
  };
}
