/** The graph as a tree, from the target back to what it is made of, as the gradient goes. */
import { causes } from '../../calculus/cause.ts';
import type { Fate } from '../../judgements/gradients/inspection.ts';
import { sentenceOf, words } from '../../explanation/obstacles.ts';
import { grouped } from '../../grouped.ts';
import type { Paint, Style } from '../terminal.ts';
import type { Drawing } from '../../explanation/drawing.ts';
import type { Current, FlowEdge, FlowNode } from '../../explanation/graph.ts';
import { fates, judged, nodePlace, parts, placeOf, signs, verdictText, verdictsOf } from '../../explanation/words.ts';

const styles: Readonly<Record<Current, Style>> = { live: 'green', cut: ['red', 'bold'], severed: 'yellow', data: 'dim' };
/** The last stroke before a node says what comes back to it. */
const strokes: Readonly<Record<Current, string>> = { live: '─', cut: '✂', severed: '┄', data: '·' };
const signStyles: Readonly<Record<Fate, Style>> = { connected: 'green', severed: ['red', 'bold'], unused: 'yellow', 'not-asked': 'dim', unknown: 'dim' };

export interface PaintedDrawing extends Drawing {
  readonly paint: Paint;
}

export function text(drawing: PaintedDrawing): string {
  const { graph, cwd, paint } = drawing;
  return [
    `${paint('bold', graph.scope)} ${paint('dim', placeOf(cwd, graph.site))}`,
    '',
    ...tree(drawing),
    '',
    ...verdictsOf(graph).map((verdict) => {
      const fate = judged(graph, verdict);
      return `${paint(signStyles[fate], signs[fate])} ${paint('bold', verdict.name || 'an argument')} ${verdictText(cwd, graph, verdict)}`;
    }),
    ...whyNotText(drawing),
    '',
    paint('dim', `${strokes.live} gradient   ${strokes.cut} cut   ${strokes.severed} severed   ${strokes.data} data`),
    '',
  ].join('\n');
}

/** What keeps the scope from being followed to its end, as the coverage says it. */
function whyNotText({ graph, cwd, paint }: PaintedDrawing): readonly string[] {
  if (graph.obstacles.length === 0) return graph.complete ? [] : [paint('dim', 'Some of it comes from elsewhere; what is said of the others holds all the same.')];
  return ['', 'It could not be followed to its end:', ...graph.obstacles.flatMap((obstacle) => [
    `  ${paint('dim', placeOf(cwd, obstacle.site))}  ${sentenceOf(obstacle)}`,
    `  ${paint('dim', 'helps:')} ${words[obstacle.kind].help}`,
  ])];
}

/** A line that waits to be drawn. */
interface Pending {
  readonly node: FlowNode;
  readonly edge: FlowEdge | undefined;
  readonly indent: string;
  readonly last: boolean;
}

function tree(drawing: PaintedDrawing): readonly string[] {
  const { graph, paint } = drawing;
  const inputs = grouped(graph.edges, ({ to }) => to);
  const drawn = new Set<FlowNode>();
  const lines: string[] = [];
  const pending: Pending[] = [{ node: graph.target, edge: undefined, indent: '', last: true }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { node, edge, indent, last } = at;
    const own = inputs.get(node) ?? [];
    const repeated = drawn.has(node) && own.length > 0;
    drawn.add(node);
    if (edge?.cause !== undefined) lines.push(`${paint('dim', `${indent}│`)} ${paint(styles.cut, causes[edge.cause])}`);
    const branch = edge === undefined ? '' : `${paint('dim', `${indent}${last ? '└' : '├'}`)}${paint(styles[edge.current], strokes[edge.current])} `;
    lines.push(`${branch}${described(drawing, node, edge?.current ?? 'live')}${repeated ? paint('dim', '  (see above)') : ''}`);
    if (repeated) continue;
    const inner = edge === undefined ? '' : `${indent}${last ? ' ' : '│'}  `;
    pending.push(...own.map((input, index) => ({ node: input.from, edge: input, indent: inner, last: index === own.length - 1 })).reverse());
  }
  return lines;
}

function described({ paint, graph }: PaintedDrawing, node: FlowNode, current: Current): string {
  const remarks = [parts[node.part], node.fate === undefined || node.part !== 'source' ? undefined : fates[node.fate], node.before ? 'before the scope' : undefined].filter((remark) => remark !== undefined);
  const place = nodePlace(graph, node);
  const label = node.part === 'source' || node.part === 'target' ? paint('bold', node.label) : current === 'data' ? paint('dim', node.label) : node.label;
  return `${label} ${paint('dim', [place, ...(remarks.length === 0 ? [] : [` ${remarks.join(', ')}`])].join(' '))}`;
}
