/** For Markdown on GitHub and GitLab: https://mermaid.js.org/syntax/flowchart.html */
import { causes } from '../calculus/cause.ts';
import { colours, strokeOf } from './colours.ts';
import type { Draw } from './drawing.ts';
import type { Current, FlowNode, Part } from './graph.ts';
import { currents } from './style.ts';
import { fates, nodePlace, placeOf } from './words.ts';

const brackets: Readonly<Record<Part, readonly [open: string, close: string]>> = {
  source: ['([', '])'], operation: ['[', ']'], read: ['[/', '/]'], data: ['>', ']'], unknown: ['{{', '}}'], target: ['[[', ']]'],
};
const arrows: Readonly<Record<Current, string>> = { live: '-->', cut: '-.-x', severed: '-.-', data: '-.-' };

export const mermaid: Draw = ({ graph, cwd }) => {
  const label = (node: FlowNode): string => [node.label, nodePlace(graph, node), ...(node.fate === undefined ? [] : [fates[node.fate]])].map(escaped).join('<br>');
  const styled = (wanted: Current): readonly string[] => {
    const indices = graph.edges.flatMap(({ current }, index) => (current === wanted ? [String(index)] : []));
    return indices.length === 0 ? [] : [`  linkStyle ${indices.join(',')} stroke:${colours[wanted]},color:${colours[wanted]}`];
  };
  return [
    '---',
    `title: ${JSON.stringify(`${graph.scope} ${placeOf(cwd, graph.site)}`)}`,
    '---',
    'flowchart TB',
    ...graph.nodes.map((node) => `  n${String(node.id)}${brackets[node.part][0]}"${label(node)}"${brackets[node.part][1]}`),
    ...graph.nodes.flatMap(styleOf),
    ...graph.edges.map(({ from, to, current, cause }) => `  n${String(to.id)} ${arrows[current]}${cause === undefined ? '' : `|"✂ ${escaped(causes[cause])}"|`} n${String(from.id)}`),
    ...currents.flatMap(styled),
    '',
  ].join('\n');
};

function styleOf(node: FlowNode): readonly string[] {
  const stroke = strokeOf(node);
  return stroke === undefined ? [] : [`  style n${String(node.id)} stroke:${stroke},stroke-width:2px`];
}

/** Mermaid knows entities by name and number, with `#` in place of `&`. */
function escaped(text: string): string {
  return text.replace(/[#"<>&`]/gu, (character) => `#${String(character.charCodeAt(0))};`);
}
