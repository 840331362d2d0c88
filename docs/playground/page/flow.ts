/** The graph of a scope, and what becomes of its sources. */
import type { Flow, Place, Scope } from '../protocol.ts';
import { button, found, made, prose } from './element.ts';

const panel = found('flow', 'div');
const scopeList = found('scopes', 'span');
const verdictList = found('verdicts', 'ul');
const graph = found('graph', 'figure');
const unknown = found('unknown', 'p');

export function showFlow(flow: Flow | undefined, scopes: readonly Scope[], go: (place: Place) => void): void {
  panel.hidden = flow === undefined;
  if (flow === undefined) return;
  const shown = scopes.some(({ place }) => isSame(place, flow.scope.place)) ? scopes : [flow.scope, ...scopes];
  scopeList.replaceChildren(...shown.map((scope) => scopeButton(scope, isSame(scope.place, flow.scope.place), go)));
  verdictList.replaceChildren(...flow.verdicts.map(({ name, fate, sign, text }) => made('li', `verdict ${fate}`, made('b', '', sign), ' ', made('code', '', name), ' ', ...prose(text))));
  unknown.hidden = flow.complete;
  graph.innerHTML = flow.svg;
  for (const element of graph.querySelectorAll<SVGGElement>('g[data-node]')) makeLink(element, flow.nodes, go);
}

function scopeButton({ label, place }: Scope, isShown: boolean, go: (place: Place) => void): HTMLElement {
  const element = button('scope', `${label} ${String(place.line)}`, () => { go(place); });
  element.setAttribute('aria-pressed', String(isShown));
  element.title = `${label}, line ${String(place.line)}`;
  return element;
}

/** Leads to its place in the code, by mouse and by keyboard. */
function makeLink(element: SVGGElement, nodes: readonly Place[], go: (place: Place) => void): void {
  const place = nodes[Number(element.dataset.node)];
  if (place === undefined) return;
  element.setAttribute('tabindex', '0');
  element.setAttribute('role', 'button');
  element.setAttribute('aria-label', element.querySelector('.label')?.textContent ?? '');
  element.addEventListener('click', () => { go(place); });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    go(place);
  });
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.from === b.from;
}
