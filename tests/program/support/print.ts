import { writtenKey } from '../../../src/program/private-names.ts';
import type {
  Argument, Binding, Block, ClassCode, ClassMember, Expression, FunctionCode, ModuleCode, Pattern, PatternElement, Property, Site, Statement,
} from '../../../src/program/index.ts';

/**
 * Prints code as short text, so that tests can say what they expect. Names that the file declares are plain, globals
 * stand as `@name`, and what is opaque as `?(parts)`. A block starts with `[a b | f]`: its lexical names and functions.
 */
export function printModule(module: ModuleCode): string {
  return printBlock(module.body);
}

function printBlock(block: Block): string {
  return printBody(block.bindings.map(({ name }) => name), block.functions, block.body);
}

function printBody(names: readonly string[], functions: Block['functions'], body: readonly Statement[]): string {
  const hoisted = functions.map((declared) => `${declared.binding.name} = ${printFunction(declared.function)}`);
  const head = [...names, ...(hoisted.length === 0 ? [] : ['|', hoisted.join(', ')])].join(' ');
  const lines = body.map(printStatement);
  return [...(head === '' ? [] : [`[${head}]`]), ...lines].join('; ');
}

export function printFunction(code: FunctionCode): string {
  const marks = [code.async ? 'async ' : '', code.generator !== undefined ? '*' : '', code.arrow ? '=>' : 'function '].join('');
  const parameters = code.parameters.map((parameter) => (parameter.rest ? '...' : '') + printElement(parameter)).join(', ');
  const vars = code.vars.length === 0 ? '' : `var ${code.vars.map(nameOf).join(' ')}; `;
  return `${marks}${code.arrow ? '' : code.name}(${parameters}) { ${vars}${printBlock(code.body)} }`;
}

export function printClass(code: ClassCode): string {
  const head = `${code.abstract ? 'abstract ' : ''}class ${code.name}${code.extends === undefined ? '' : ` extends ${print(code.extends)}`}`;
  const made = code.constructorCode === undefined ? [] : [printFunction(code.constructorCode)];
  return `${head} { ${[...made, ...code.members.map(printMember)].join('; ')} }`;
}

function printMember(member: ClassMember): string {
  const head = [member.static ? 'static ' : '', member.kind, ' ', print(member.key)].join('');
  return member.function === undefined ? head : `${head}: ${printFunction(member.function)}`;
}

function printUpdate({ target, change }: Extract<Expression, { op: 'update' }>): string {
  const place = printPattern(target);
  switch (change.kind) {
    case 'operator': return `(${place} ${change.operator}= ${print(change.operand)})`;
    case 'logical': return `(${place} ${change.operator}= ${print(change.value)})`;
    case 'step': {
      const sign = change.by === 1 ? '++' : '--';
      return change.gives === 'old' ? `(${place}${sign})` : `(${sign}${place})`;
    }
  }
}

function printPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'binding': return pattern.declares ? pattern.binding.kind === 'kept' ? 'kept' : `${pattern.binding.kind} ${pattern.binding.name}` : nameOf(pattern.binding);
    case 'free': return `@${pattern.name}`;
    case 'member': return `${print(pattern.object)}[${print(pattern.key)}]`;
    case 'object': {
      const properties = pattern.properties.map((property) => `${print(property.key)}: ${printElement(property)}`);
      return `{${[...properties, ...printRest(pattern.rest)].join(', ')}}`;
    }
    case 'array': {
      const elements = pattern.elements.map((element) => element === undefined ? 'hole' : printElement(element));
      return `[${[...elements, ...printRest(pattern.rest)].join(', ')}]`;
    }
  }
}

function printRest(rest: Pattern | undefined): string[] {
  return rest === undefined ? [] : [`...${printPattern(rest)}`];
}

function printElement(element: PatternElement): string {
  const text = printPattern(element.pattern);
  return element.default === undefined ? text : `${text} = ${print(element.default)}`;
}

function printArguments(values: readonly (Argument | undefined)[]): string {
  return values.map((value) => value === undefined ? 'hole' : (value.spread ? '...' : '') + print(value.value)).join(', ');
}

function printProperty(property: Property): string {
  if (property.kind === 'spread') return `...${print(property.value)}`;
  if (property.kind === 'prototype') return `__proto__: ${print(property.value)}`;
  if (property.kind === 'value') return `${print(property.key)}: ${print(property.value)}`;
  return `${property.kind} ${print(property.key)}: ${printFunction(property.function)}`;
}

export function print(value: Expression | 'super'): string {
  if (value === 'super') return 'super';
  const list = (parts: readonly Expression[]): string => parts.map(print).join(', ');
  switch (value.op) {
    case 'constant': return typeof value.value === 'string' ? `'${writtenKey(value.value)}'` : String(value.value);
    case 'load': return nameOf(value.binding);
    case 'free': return `@${value.name}`;
    case 'this': return 'this';
    case 'member': return `${print(value.object)}${value.chain === 'asks' ? '?.' : ''}[${print(value.key)}]`;
    case 'store': return `(${printPattern(value.target)} := ${print(value.value)})`;
    case 'update': return printUpdate(value);
    case 'call': return `${print(value.callee)}${value.chain === 'asks' ? '?.' : ''}(${printArguments(value.arguments)})`;
    case 'construct': return `new ${print(value.callee)}(${printArguments(value.arguments)})`;
    case 'closure': return printFunction(value.function);
    case 'class': return printClass(value.class);
    case 'object': return `{${value.properties.map(printProperty).join(', ')}}`;
    case 'array': return `[${printArguments(value.elements)}]`;
    case 'operator': return `(${value.operator} ${value.operands.map(print).join(' ')})`;
    case 'sequence': return `seq(${list(value.expressions)})`;
    case 'conditional': return `(${print(value.test)} ? ${print(value.then)} : ${print(value.else)})`;
    case 'logical': return `(${print(value.left)} ${value.operator} ${print(value.right)})`;
    case 'await': return `(await ${print(value.value)})`;
    case 'module': return `${value.dynamic ? 'import' : 'require'}<${value.text}>`;
    case 'yield': return printYield(value);
    case 'opaque': return `?(${list(value.parts)})`;
  }
}

function nameOf({ name, kind }: Binding): string {
  return kind === 'kept' ? kind : name;
}

function printYield({ value, delegates }: { readonly value: Expression | undefined; readonly delegates: boolean }): string {
  return `yield${delegates ? '*' : ''}${value === undefined ? '' : ` ${print(value)}`}`;
}

function printStatement(statement: Statement): string {
  const optional = (value: Expression | undefined): string => value === undefined ? '' : ` ${print(value)}`;
  switch (statement.op) {
    case 'evaluate': return print(statement.value);
    case 'declare': return `${printPattern(statement.target)}${statement.init === undefined ? '' : ` = ${print(statement.init)}`}`;
    case 'class': return `${statement.binding.name} = ${printClass(statement.class)}`;
    case 'branch': {
      const otherwise = statement.else === undefined ? '' : ` else ${printStatement(statement.else)}`;
      return `if ${print(statement.test)} ${printStatement(statement.then)}${otherwise}`;
    }
    case 'switch': {
      const cases = statement.cases.map(({ test, body }) => `${test === undefined ? 'default' : `case ${print(test)}`}: ${body.map(printStatement).join('; ')}`);
      return `switch ${print(statement.subject)} { ${printBody(statement.bindings.map(({ name }) => name), statement.functions, [])}${cases.join(' ')} }`;
    }
    case 'loop': {
      const head = `init(${statement.init.map(printStatement).join('; ')}) test(${optional(statement.test).trim()}) update(${optional(statement.update).trim()})`;
      return `loop${statement.testFirst ? '' : ' after'}${printFresh(statement)} ${head} ${printStatement(statement.body)}`;
    }
    case 'iterate':
      return `${statement.awaited ? 'await ' : ''}each ${statement.over}${printFresh(statement)} ${printPattern(statement.target)} of ${print(statement.subject)} ${printStatement(statement.body)}`;
    case 'return': return `return${optional(statement.value)}`;
    case 'throw': return `throw ${print(statement.value)}`;
    case 'yield': return `${statement.target === undefined ? '' : `${nameOf(statement.target)} = `}${printYield(statement)}`;
    case 'await': return `${statement.target === undefined ? '' : `${statement.target.name === '' ? 'kept' : statement.target.name} = `}await ${print(statement.value)}`;
    case 'jump': return statement.label === undefined ? statement.kind : `${statement.kind} ${statement.label}`;
    case 'label': return `${statement.label}: ${printStatement(statement.body)}`;
    case 'try': {
      const parameter = statement.parameter === undefined ? '' : ` ${printPattern(statement.parameter)}`;
      const handler = statement.handler === undefined ? '' : ` catch${parameter} ${printStatement(statement.handler)}`;
      const last = statement.finalizer === undefined ? '' : ` finally ${printStatement(statement.finalizer)}`;
      return `try ${printStatement(statement.block)}${handler}${last}`;
    }
    case 'block': return `{ ${printBlock(statement)} }`;
  }
}

function printFresh(loop: { readonly perIteration: readonly { readonly name: string }[] }): string {
  return loop.perIteration.length === 0 ? '' : `<${loop.perIteration.map(({ name }) => name).join(' ')}>`;
}

/** The source text at a site, cut from the text that was given. */
export function at(site: Site, text: string): string {
  return text.slice(site.start, site.end);
}
