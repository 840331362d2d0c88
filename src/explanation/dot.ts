/** For Graphviz: https://graphviz.org/doc/info/lang.html */
import { causes } from '../calculus/cause.ts';
import type { Draw } from './drawing.ts';
import type { Current, FlowNode, Part } from './graph.ts';
import { colours, strokeOf } from './colours.ts';
import { fates, nodePlace, placeOf } from './words.ts';

const shapes: Readonly<Record<Part, string>> = { source: 'ellipse', operation: 'box', read: 'box', data: 'plaintext', unknown: 'diamond', target: 'doubleoctagon' };
const heads: Readonly<Record<Current, string>> = { live: 'normal', cut: 'tee', severed: 'none', data: 'none' };
const lines: Readonly<Record<Current, string>> = { live: 'solid', cut: 'dashed', severed: 'dashed', data: 'dotted' };

export const dot: Draw = ({ graph, cwd }) => {
  const label = (node: FlowNode): string => [node.label, nodePlace(graph, node), ...(node.fate === undefined ? [] : [fates[node.fate]])].map(escaped).join('\\n');
  return [
    'digraph gradient {',
    `  label="${escaped(`${graph.scope} ${placeOf(cwd, graph.site)}`)}"; labelloc=t; rankdir=TB;`,
    '  node [fontname="sans-serif"]; edge [fontname="sans-serif"];',
    ...graph.nodes.map((node) => `  n${String(node.id)} [label="${label(node)}", shape=${shapes[node.part]}${node.before ? ', style=dashed' : ''}${strokeText(node)}];`),
    ...graph.edges.map(({ from, to, current, cause }) => `  n${String(to.id)} -> n${String(from.id)} [color="${colours[current]}", style=${lines[current]}, arrowhead=${heads[current]}, penwidth=${current === 'data' ? '1' : '2'}${cause === undefined ? '' : `, label="✂ ${escaped(causes[cause])}", fontcolor="${colours.cut}"`}];`),
    '}',
    '',
  ].join('\n');
};

function strokeText(node: FlowNode): string {
  const stroke = strokeOf(node);
  return stroke === undefined ? '' : `, color="${stroke}", penwidth=2`;
}

function escaped(text: string): string {
  return text.replace(/["\\]/gu, '\\$&');
}
