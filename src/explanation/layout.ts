/**
 * Where nodes and edges go: the target on top, and each edge from a value to what it is made of, as the gradient goes. dagre is loaded only when a picture is drawn; it is a dependency and not left to the user,
 * for a picture has to come from `npx` alone.
 */
import type { FlowEdge, FlowGraph, FlowNode } from './graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Positions are those of centres. */
export interface Layout {
  readonly nodes: readonly (Point & Size & { readonly node: FlowNode })[];
  readonly edges: readonly { readonly edge: FlowEdge; readonly points: readonly Point[]; readonly label: Point | undefined }[];
}

/** What is used of dagre: its own declarations name files in a way that Node's resolution does not find. */
interface Dagre {
  readonly Graph: new (options: { readonly multigraph: boolean }) => DagreGraph;
  layout(graph: DagreGraph): void;
}

interface DagreGraph {
  setGraph(label: object): void;
  setNode(id: string, label: object): void;
  setEdge(from: string, to: string, label: object): void;
  node(id: string): Point & Size;
  edge(from: string, to: string): Partial<Point> & { readonly points: readonly Point[] };
}

export async function layOut(graph: FlowGraph, nodeSize: (node: FlowNode) => Size, labelSize: (edge: FlowEdge) => Size): Promise<Layout> {
  const dagre = (await import('@dagrejs/dagre')) as unknown as Dagre;
  const layout = new dagre.Graph({ multigraph: false });
  layout.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 36 });
  for (const node of graph.nodes) layout.setNode(String(node.id), { ...nodeSize(node) });
  for (const edge of graph.edges) layout.setEdge(String(edge.to.id), String(edge.from.id), { ...labelSize(edge), labelpos: 'c', weight: edge.current === 'data' ? 1 : 3 });
  dagre.layout(layout);
  return {
    nodes: graph.nodes.map((node) => ({ ...layout.node(String(node.id)), node })),
    edges: graph.edges.map((edge) => {
      const { points, x, y } = layout.edge(String(edge.to.id), String(edge.from.id));
      return { edge, points, label: x === undefined || y === undefined ? undefined : { x, y } };
    }),
  };
}
