/** A picture that stands for itself: no script, no font, no style from elsewhere; light or dark as the reader's screen. */
import { causes } from '../calculus/cause.ts';
import { wrapped } from './prose.ts';
import { colours } from './colours.ts';
import type { Draw, Drawing } from './drawing.ts';
import { type Layout, type Point, type Size, layOut } from './layout.ts';
import { type Current, type FlowEdge, type FlowNode, short } from './graph.ts';
import { fates, nodePlace, placeOf } from './words.ts';

const em = 13;
/** Roughly, of the fonts below. */
const letter = { label: 7.9, small: 6.4 };
const line = 16;
/** From the top of a line to its baseline; not every program that shows SVG knows `dominant-baseline`. */
const baseline = 12;
const margin = 16;
const currents = ['live', 'cut', 'severed', 'data'] as const satisfies readonly Current[];

export const svg: Draw = async (drawing) => `${await picture(drawing)}\n`;

export async function picture(drawing: Drawing): Promise<string> {
  const { graph, cwd } = drawing;
  const layout = await layOut(graph, (node) => sizeOf(linesOf(drawing, node)), (edge) => sizeOfCause(edge));
  const box = boxOf(layout);
  const title = `${graph.scope} ${placeOf(cwd, graph.site)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[box.x, box.y, box.width, box.height].map(round).join(' ')}" width="${round(box.width)}" height="${round(box.height)}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<style>${style}</style>
<defs>${currents.map(arrowHead).join('')}</defs>
<rect class="paper" x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}"/>
${layout.edges.map(edgeElement).join('\n')}
${layout.nodes.map((placed) => nodeElement(drawing, placed)).join('\n')}
</svg>`;
}

/** Around all that is drawn; dagre counts nodes only, and edges may go around them. */
function boxOf({ nodes, edges }: Layout): Point & Size {
  const around = (of: 'x' | 'y', size: 'width' | 'height'): readonly number[] => [
    ...nodes.flatMap((node) => [node[of] - node[size] / 2, node[of] + node[size] / 2]),
    ...edges.flatMap(({ points }) => points.map((point) => point[of])),
    ...edges.flatMap(({ edge, label }) => (label === undefined ? [] : [label[of] - sizeOfCause(edge)[size] / 2, label[of] + sizeOfCause(edge)[size] / 2])),
  ];
  const [x, y] = [around('x', 'width'), around('y', 'height')].map((all) => ({ from: Math.min(...all) - margin, to: Math.max(...all) + margin }));
  return { x: x!.from, y: y!.from, width: x!.to - x!.from, height: y!.to - y!.from };
}

const style = `
.paper{fill:#fff}text{font:${String(em)}px ui-sans-serif,system-ui,sans-serif;fill:#1d2129;text-anchor:middle}
.label{font:600 ${String(em)}px ui-monospace,SFMono-Regular,Menlo,monospace}.small{font-size:11px;fill:#5b626d}
.node rect{fill:#f4f6f8;stroke:#8a8f98;stroke-width:1.2}.source rect{fill:#e6f2ff;stroke:#3b7dd8}.target rect{fill:#f3eafd;stroke:#8a54d1;stroke-width:2}
.data rect{fill:none;stroke:none}.unknown rect{stroke-dasharray:2 3}.read rect{fill:#fdf3e3;stroke:#c98a1b}.before rect{stroke-dasharray:5 4}
.severed-source rect{fill:#fdeceb;stroke:${colours.cut}}
path{fill:none;stroke-width:1.6}${currents.map((current) => `.${current}-edge{stroke:${colours[current]}}.${current}-head{fill:${colours[current]};stroke:none}`).join('')}
.live-edge{stroke-width:2.4}.cut-edge,.severed-edge{stroke-dasharray:6 4}.data-edge{stroke-dasharray:2 3}.cause rect{fill:#fff;stroke:${colours.cut}}.cause text{fill:${colours.cut};font-size:12px}
@media(prefers-color-scheme:dark){.paper{fill:#15181d}text{fill:#e6e9ee}.small{fill:#a2a9b4}.node rect{fill:#23282f}.source rect{fill:#17293f}.target rect{fill:#2a1f3b}.data rect{fill:none}.read rect{fill:#33290f}.severed-source rect{fill:#3b1b1a}.cause rect{fill:#15181d}.cause text{fill:#ff8a83}}
`.replaceAll('\n', '');

function arrowHead(current: Current): string {
  return `<marker id="${current}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path class="${current}-head" d="M0 0L8 4L0 8z"/></marker>`;
}

/** A label, where it stands in the code, and what becomes of it. */
function linesOf({ graph }: Drawing, node: FlowNode): readonly string[] {
  const { label, fate, part, before } = node;
  const remark = part === 'source' && fate !== undefined ? short(fates[fate]) : part === 'unknown' ? 'not known' : undefined;
  return [short(label, 36), [nodePlace(graph, node), ...(before ? ['before the scope'] : [])].join(', '), ...(remark === undefined ? [] : [remark])];
}

function sizeOf([label = '', ...small]: readonly string[]): Size {
  const width = Math.max(label.length * letter.label, ...small.map((text) => text.length * letter.small)) + 24;
  return { width: Math.max(72, width), height: (small.length + 1) * line + 10 };
}

function causeLines({ cause }: FlowEdge): readonly string[] {
  return cause === undefined ? [] : wrapped(`✂ ${causes[cause]}`, 36);
}

function sizeOfCause(edge: FlowEdge): Size {
  const lines = causeLines(edge);
  return lines.length === 0 ? { width: 0, height: 0 } : { width: Math.max(...lines.map((text) => text.length)) * 6.6 + 16, height: lines.length * line + 8 };
}

function nodeElement(drawing: Drawing, { node, x, y, width, height }: Layout['nodes'][number]): string {
  const [label = '', ...small] = linesOf(drawing, node);
  const top = y - height / 2 + 5 + baseline;
  const severed = node.part === 'source' && (node.fate === 'severed' || node.fate === 'unused');
  const classes = ['node', node.part, ...(node.before ? ['before'] : []), ...(severed ? ['severed-source'] : [])].join(' ');
  const round9 = node.part === 'source' ? height / 2 : 5;
  return `<g class="${classes}"><title>${escaped(`${placeOf(drawing.cwd, node.site)}  ${short(drawing.sources.text(node.site), 200)}`)}</title>`
    + `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="${round(round9)}"/>`
    + `<text class="label" x="${round(x)}" y="${round(top)}">${escaped(label)}</text>`
    + small.map((text, index) => `<text class="small" x="${round(x)}" y="${round(top + (index + 1) * line)}">${escaped(text)}</text>`).join('')
    + '</g>';
}

function edgeElement({ edge, points, label }: Layout['edges'][number]): string {
  const { current } = edge;
  const path = `<path class="${current}-edge" d="${curve(points)}" marker-end="url(#${current}-head)"/>`;
  const lines = causeLines(edge);
  if (label === undefined || lines.length === 0) return path;
  const { width, height } = sizeOfCause(edge);
  const top = label.y - height / 2 + 4 + baseline;
  return `${path}<g class="cause"><rect x="${round(label.x - width / 2)}" y="${round(label.y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="4"/>`
    + `${lines.map((text, index) => `<text x="${round(label.x)}" y="${round(top + index * line)}">${escaped(text)}</text>`).join('')}</g>`;
}

/** Through the middles between the points, bent at the points. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(end)}`;
  });
  return `M${at(first)}${bends.length > 0 ? bends.join('') : rest.map((point) => `L${at(point)}`).join('')}`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${String(character.charCodeAt(0))};`);
}
