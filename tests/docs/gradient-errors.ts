/** Every text with which the gradient code of the installed TF.js complains; `…` stands for what it fills in. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import ts from 'typescript';

const dist = path.join(path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json')), 'dist');

/** Of the engine, what differentiation runs through. */
const engineMethods = new Set(['gradients', 'customGrad', 'tidy']);

export function gradientErrors(): readonly string[] {
  const derivatives = readdirSync(path.join(dist, 'gradients')).filter((name) => name.endsWith('_grad.js')).map((name) => path.join('gradients', name));
  return [...new Set([
    ...['gradients.js', 'tape.js', ...derivatives].flatMap((file) => messagesIn(parsed(file))),
    ...methodsOf(parsed('engine.js')).flatMap(messagesIn),
  ])].sort();
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(dist, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

function methodsOf(file: ts.SourceFile): readonly ts.Node[] {
  return file.statements.filter(ts.isClassDeclaration).flatMap(({ members }) => members).filter((member) => ts.isMethodDeclaration(member) && engineMethods.has(member.name.getText()));
}

function messagesIn(node: ts.Node): readonly string[] {
  const message = messageOf(node);
  return [...(message === undefined ? [] : [textOf(message).replace(/\s+/gu, ' ').trim()]), ...node.getChildren().flatMap(messagesIn)];
}

/** The text of `throw new Error(text)`, `assert(condition, () => text)`, `assertShapesMatch(a, b, text)`, `console.error(text)`. */
function messageOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isThrowStatement(node) && ts.isNewExpression(node.expression)) return node.expression.arguments?.[0];
  if (!ts.isCallExpression(node)) return undefined;
  const name = node.expression.getText().replace(/^.*\.(?!error|warn)/u, '');
  if (name === 'assert') {
    const [, message] = node.arguments;
    return message !== undefined && ts.isArrowFunction(message) && !ts.isBlock(message.body) ? message.body : undefined;
  }
  return /^(?:console\.(?:error|warn)|assertShapesMatch)$/u.test(name) ? node.arguments.at(-1) : undefined;
}

function textOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isBinaryExpression(node)) return textOf(node.left) + textOf(node.right);
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
  return '…';
}
