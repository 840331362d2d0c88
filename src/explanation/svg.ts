/** A picture that stands for itself: no script, no font, no style from elsewhere; light or dark as the reader's screen. */
import { causes } from '../calculus/cause.ts';
import { wrapped } from './prose.ts';
import type { Draw, Drawing } from './drawing.ts';
import { type Current, type FlowEdge, type FlowNode, short } from './graph.ts';
import { type Layout, type Point, type Size, layOut } from './layout.ts';
import { type Legend, isLostSource, legendOf, sample } from './legend.ts';
import { asScreen, currents } from './style.ts';
import { fates, nodePlace, placeOf } from './words.ts';

/** Roughly, of the fonts below. */
const letter = { label: 7.9, small: 6.4 };
const line = 16;
/** From the top of a line to its baseline; not every program that shows SVG knows `dominant-baseline`. */
const baseline = 12;
const margin = 16;

export const svg: Draw = async (drawing) => `${await picture(drawing, asScreen)}\n`;

/** `style` is empty where the page around it brings the style. */
export async function picture(drawing: Drawing, style: string): Promise<string> {
  const { graph, cwd } = drawing;
  const layout = await layOut(graph, (node) => sizeOf(linesOf(drawing, node)), (edge) => sizeOfCause(edge));
  const inner = boxOf(layout);
  const legend = legendOf(graph, Math.max(inner.width, 400));
  const box = {
    x: inner.x - margin - Math.max(0, legend.width - inner.width) / 2, y: inner.y - margin,
    width: Math.max(inner.width, legend.width) + 2 * margin, height: inner.height + legend.height + 4 * margin,
  };
  const title = `${graph.scope} ${placeOf(cwd, graph.site)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="gradient-flow" viewBox="${[box.x, box.y, box.width, box.height].map(round).join(' ')}" width="${round(box.width)}" height="${round(box.height)}" role="img" aria-label="${escaped(`Gradient flow of ${title}`)}">
<title>${escaped(title)}</title>
${style === '' ? '' : `<style>${style}</style>\n`}<defs>${currents.map(head).join('')}</defs>
<rect class="paper" x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" rx="10"/>
${layout.edges.map(edgeElement).join('\n')}
${layout.nodes.map((placed) => nodeElement(drawing, placed)).join('\n')}
${legendElement(legend, { x: box.x + margin, y: inner.y + inner.height + margin }, box.width - 2 * margin)}
</svg>`;
}

/** Around all that is drawn; dagre counts nodes only, and edges may go around them. */
function boxOf({ nodes, edges }: Layout): Point & Size {
  const around = (of: 'x' | 'y', size: 'width' | 'height'): readonly number[] => [
    ...nodes.flatMap((node) => [node[of] - node[size] / 2, node[of] + node[size] / 2]),
    ...edges.flatMap(({ points }) => points.map((point) => point[of])),
    ...edges.flatMap(({ edge, label }) => (label === undefined ? [] : [label[of] - sizeOfCause(edge)[size] / 2, label[of] + sizeOfCause(edge)[size] / 2])),
  ];
  const [x, y] = [around('x', 'width'), around('y', 'height')].map((all) => ({ from: Math.min(...all), to: Math.max(...all) }));
  return { x: x!.from, y: y!.from, width: x!.to - x!.from, height: y!.to - y!.from };
}

/** An arrow where the gradient arrives, a bar where it is stopped; where none comes back the line has no head. */
const heads: Readonly<Record<Current, string>> = { live: 'M0 0L8 4L0 8z', cut: 'M3 0V8', severed: '', data: '' };

function head(current: Current): string {
  return `<marker id="${current}-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="${current}-head" d="${heads[current]}"/></marker>`;
}

function legendElement({ items, height }: Legend, { x, y }: Point, width: number): string {
  if (height === 0) return '';
  const drawn = items.map((item) => {
    const [left, middle] = [x + item.x, y + margin + item.y + 8];
    const mark = item.kind === 'line'
      ? `<path class="${item.current}-edge" d="M${round(left)} ${round(middle)}H${round(left + sample)}" marker-end="url(#${item.current}-head)"/>`
      : `<g class="node ${item.classes}"><rect x="${round(left)}" y="${round(middle - 7)}" width="${round(sample)}" height="14" rx="${item.classes.startsWith('source') ? '7' : '4'}"/></g>`;
    return `${mark}<text x="${round(left + sample + 8)}" y="${round(middle + 4)}">${escaped(item.text)}</text>`;
  });
  return `<g class="legend"><path class="rule" d="M${round(x)} ${round(y)}H${round(x + width)}"/>${drawn.join('')}</g>`;
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
  return lines.length === 0 ? { width: 0, height: 0 } : { width: Math.max(...lines.map((text) => text.length)) * 7.3 + 16, height: lines.length * line + 8 };
}

function nodeElement(drawing: Drawing, { node, x, y, width, height }: Layout['nodes'][number]): string {
  const [label = '', ...small] = linesOf(drawing, node);
  const top = y - height / 2 + 5 + baseline;
  const classes = ['node', node.part, ...(node.before ? ['before'] : []), ...(isLostSource(node) ? ['severed-source'] : [])].join(' ');
  const round9 = node.part === 'source' ? height / 2 : 5;
  return `<g class="${classes}" data-node="${String(node.id)}"><title>${escaped(`${placeOf(drawing.cwd, node.site)}  ${short(drawing.sources.text(node.site), 200)}`)}</title>`
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
