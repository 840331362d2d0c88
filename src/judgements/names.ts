/** How values are called in reports, and the paths between them. */
import type { Node } from '../domain/graph.ts';
import type { Site } from '../program/ir.ts';
import type { Program } from '../program/program.ts';
import { isWithin } from '../program/within.ts';
import type { FileRun } from './file-run.ts';
import type { Step } from './finding.ts';

/** What names are taken from. */
export type Named = Pick<FileRun, 'program' | 'history'>;

/** A variable without a name is shown by what makes it. */
export function nameOf({ program }: Named, node: Node): string {
  return node.name ?? nameByPlace(node) ?? shortened(program.text(node.site));
}

/** What an object calls its own is so called where there is a `this` only. */
export function nameSeenFrom(program: Program, site: Site, name: string): string {
  if (!name.startsWith(own)) return name;
  const { functions = [], classes = [] } = program.module(site.file) ?? {};
  const hasThis = [...classes, ...functions.filter(({ arrow }) => !arrow)].some((code) => isWithin(site, code.site));
  return hasThis ? name : name.slice(own.length);
}

const own = 'this.';

function nameByPlace({ belonging }: Node): string | undefined {
  const place = belonging?.place;
  return place?.model.name === undefined ? undefined : `${place.model.name}.${place.path}`;
}

/** The names of the models that a weight is part of. */
export function modelsOf({ history: { models } }: Named, node: Node): readonly string[] {
  return [...models.byWeights.keys()].flatMap((model) => (model.parts.includes(node) ? model.name ?? [] : []));
}

/** Names without repetition; of a model whose weights are all among them, the model's. */
export function namesOf(from: Named, nodes: readonly Node[]): readonly string[] {
  return [...new Set(nodes.map((node) => nameOf(from, wholeOf(from, node, nodes))))];
}

/** Names without repetition, each source for itself. */
export function namesAlone(from: Named, nodes: readonly Node[]): readonly string[] {
  return [...new Set(nodes.map((node) => nameOf(from, node)))];
}

/** The largest model whose weights are all among some nodes, of those that a node belongs to. */
function wholeOf({ history: { models: { byWeights } } }: Named, node: Node, among: readonly Node[]): Node {
  const isWhole = (model: Node): boolean => model.name !== undefined && model.parts.includes(node) && model.parts.every((part) => byWeights.has(part) || part.unwanted || among.includes(part));
  const wholes = [...byWeights.keys()].filter(isWhole).sort((a, b) => b.parts.length - a.parts.length);
  return wholes[0] ?? node;
}

/** The values of a path, those aside that only hand on what they are given. */
export function steps(from: Named, path: readonly Node[], sources: readonly Node[] = []): readonly Step[] {
  const shown: Step[] = [];
  for (const node of path) {
    if (node.kind === 'join' || (node.label === '' && (node !== path[0] || !sources.includes(node)))) continue;
    const label = stepLabel(from, node, sources);
    const last = shown.at(-1);
    if (last?.label === label && last.site.line === node.site.line) continue;
    shown.push({ label, site: node.site });
  }
  return shown;
}

function stepLabel(from: Named, node: Node, sources: readonly Node[]): string {
  if (node.kind !== 'source') return node.kind === 'constant' || node.kind === 'external' ? nameOf(from, node) : node.label;
  const whole = wholeOf(from, node, sources);
  return whole.name ?? nameByPlace(whole) ?? node.label;
}

export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 30 ? line : `${line.slice(0, 29)}…`;
}
