/** What code that runs any number of times leaves in memory each time, and nobody can get at any more. */
import { callSites } from '../../domain/calls.ts';
import type { Node } from '../../domain/graph.ts';
import type { Run } from '../../domain/life-events.ts';
import type { Repetition } from '../../domain/lifetimes.ts';
import { regionOf, regionWords } from '../../libraries/region-words.ts';
import { importsOf } from '../../program/imports.ts';
import type { Site } from '../../program/ir.ts';
import { isWithin } from '../../program/within.ts';
import type { FileRun } from '../file-run.ts';
import type { Finding, Fragment } from '../finding.ts';
import type { Mend } from '../mend.ts';
import { grouped } from '../../grouped.ts';
import { nameOf, namesAlone } from '../names.ts';
import { callsKey, locate, placeOf } from '../places.ts';
import { librariesOf } from './by-hand.ts';

/** For certain; unless a caller beyond what is seen holds it, or for as long as a loop counts; by code that disposes other tensors itself. */
type LeftBy = 'growing-memory' | 'untidied-memory' | 'incomplete-dispose';

/** Tensors that are left by one piece of code. */
interface Left {
  readonly run: Run;
  readonly nodes: readonly Node[];
  /** Where they are made, as seen from the code that runs again and again. */
  readonly site: Site;
}

export function growth(run: FileRun): readonly Finding[] {
  const told = new Set<Node>();
  // What grows without end is told as such, also where it is made in a loop that ends.
  const places = [...runsByPlace(run).values()].sort((a, b) => orderOf(a) - orderOf(b));
  return places.flatMap((runs) => {
    const [last] = runs.slice(-1);
    if (last === undefined || !isRepeated(run, last.repetition)) return [];
    // What one of the runs disposes or holds, the others may dispose or hold as well.
    const isLeft = (node: Node): boolean => !told.has(node) && runs.every(({ made, left, replaced }) => !made.includes(node) || left.includes(node) || replaced.get(node)?.() === true);
    const left = [...last.left, ...last.replaced.keys()].filter(isLeft);
    const findings = [...tensorsLeft(run, last, left), ...left.filter((node) => isRecreated(run, last, node)).flatMap((node) => recreated(run, last, node))];
    for (const node of left) if (isTensor(run, node) ? leftBy(run, last, node) !== undefined : isRecreated(run, last, node)) told.add(node);
    return findings;
  });
}

function orderOf(runs: readonly Run[]): number {
  return runs.at(-1)?.rounds === 'counted' ? 1 : 0;
}

function isTensor({ history }: FileRun, node: Node): boolean {
  return history.lifetimes.lives.get(node)?.kind === 'tensor';
}

/** No caller beyond what is seen may hold it. */
function isHeldByNobody({ holder, kept }: Run, node: Node): boolean {
  return holder === 'nobody' || kept.includes(node);
}

function tensorsLeft(file: FileRun, run: Run, left: readonly Node[]): readonly Finding[] {
  const tensors = left.filter((node) => isTensor(file, node));
  const tell = (nodes: readonly Node[], how: How): readonly Finding[] => [...grouped(nodes, (node) => leftBy(file, run, node))].flatMap(([cause, ofCause]) => (cause === undefined ? [] : byExpression(file, run, ofCause).flatMap((each) => findingOf(file, each, { cause, how }))));
  const isReplaced = (node: Node): boolean => run.replaced.has(node);
  return [...tell(tensors.filter((node) => !isReplaced(node)), 'forgotten'), ...tell(tensors.filter(isReplaced), 'replaced')];
}

/** Nobody can get at it when the run is over, or when the next one is. */
type How = 'forgotten' | 'replaced';

/** Undefined where nothing is said of it: what a loop leaves is said of the code around it, whose caller may hold it. */
function leftBy(file: FileRun, run: Run, node: Node): LeftBy | undefined {
  return run.rounds === 'any number' && isHeldByNobody(run, node) ? 'growing-memory' : causeOf(file, run, node);
}

/** Of what a caller may hold, or a loop leaves that ends. A step of what its callers compute they hold with the rest, as a rule. */
function causeOf(file: FileRun, { disposed, holder, repetition, replaced }: Run, node: Node): LeftBy | undefined {
  if (disposed.length > 0 && !replaced.has(node)) return 'incomplete-dispose';
  if (holder === 'nobody') return 'untidied-memory';
  return holder === 'a caller' && repetition.kind === 'call' && !mayBeCalledInRegion(file) ? 'untidied-memory' : undefined;
}

const calledInRegions = new WeakMap<FileRun, boolean>();

/** Whether a file that can call this one opens regions. */
function mayBeCalledInRegion(run: FileRun): boolean {
  let known = calledInRegions.get(run);
  if (known === undefined) calledInRegions.set(run, known = hasCallerWithRegions(run));
  return known;
}

function hasCallerWithRegions(run: FileRun): boolean {
  const { program, file } = run;
  const words = librariesOf(run).map(regionWords);
  return [...importsOf(program).importersOf([file])].some((importer) => importer !== file && words.some((each) => program.mentions(importer, each)));
}

/** An optimizer is made anew also in a loop that ends. */
function isRecreated(file: FileRun, run: Run, node: Node): boolean {
  if (isTensor(file, node) || !isHeldByNobody(run, node)) return false;
  return takesOneStep(file, node) || (run.rounds === 'any number' && isOften(file, run.repetition, node));
}

/** What keeps tensors of its own: the next time it is made anew, and with it begins what it has learnt or remembers. */
function recreated(file: FileRun, run: Run, node: Node): readonly Finding[] {
  const life = file.history.lifetimes.lives.get(node);
  const located = life && locate(file.file, life.site, life.chain);
  if (life === undefined || located === undefined) return [];
  return [{
    cause: 'recreated-state', variant: life.kind, ...located,
    sources: [nameOf(file, node)], code: file.program.text(life.site), scope: life.label, before: [], after: [], effect: { kind: 'slow' },
    details: { times: timesOf(file, run.repetition) }, suggestion: undefined,
  }];
}

/** A function is called again and again if others can call it; a callback that is called once, if it asks for more. */
function isRepeated({ exported, history }: FileRun, repetition: Repetition): boolean {
  switch (repetition.kind) {
    case 'loop': return true;
    case 'call': return exported.code.has(repetition.code) || (repetition.code.owner !== undefined && exported.code.has(repetition.code.owner));
    case 'handler': return !repetition.once || history.lifetimes.recurring.has(repetition.code);
  }
}

/** What serves requests and frames waits for something, as a rule; a plain function may well be there to set things up once, and one that trains by an optimizer of its own may be all that there is. */
function isOften({ history }: FileRun, repetition: Repetition, node: Node): boolean {
  return repetition.kind !== 'call' || (repetition.code.async && history.lifetimes.lives.get(node)?.kind !== 'optimizer');
}

/** An optimizer is made for one step, so that it remembers steps for nothing however often that happens. */
function takesOneStep({ history }: FileRun, node: Node): boolean {
  const steps = history.all('step').filter(({ optimizer }) => optimizer.node === node);
  const places = new Set(steps.map(({ of: { site } }) => placeOf(site)));
  return places.size === 1 && steps.every(({ takenIn, previous }) => takenIn === 'the run that makes it' && previous === undefined);
}

/** The inner ones first: they end first. */
function runsByPlace({ history }: FileRun): ReadonlyMap<string, readonly Run[]> {
  return grouped(history.all('run'), ({ repetition: { kind, site }, chain }) => `${kind} ${placeOf(site)} ${callsKey(chain)}`);
}

/** What one expression leaves, with all that stands in it, is told at once. */
function byExpression(file: FileRun, run: Run, nodes: readonly Node[]): readonly Left[] {
  const depth = callSites(run.chain).length + (run.repetition.kind === 'loop' ? 0 : 1);
  const placed = nodes.flatMap((node) => {
    const site = siteIn(file, node, depth);
    return site === undefined ? [] : [{ node, site }];
  });
  const outermost = placed.filter(({ site }) => !placed.some((other) => other.site !== site && isWithin(site, other.site) && !isWithin(other.site, site)));
  const sites = new Map(outermost.map(({ site }) => [placeOf(site), site]));
  return [...sites.values()].map((site) => ({ run, site, nodes: placed.filter((each) => isWithin(each.site, site)).map(({ node }) => node) }));
}

/** Of what rounds of one loop make, one after the other, the later ones hang on no other tests than the first: no way leaves the loop early. */
function haveAllRounds({ history: { lifetimes: { lives } } }: FileRun, nodes: readonly Node[]): boolean {
  const all = nodes.flatMap((node) => lives.get(node) ?? []);
  const rounds = grouped(all, ({ site, label, chain }) => `${placeOf(site)} ${label} ${callsKey(chain)}`);
  return [...rounds.values()].every((made) => new Set(made.map(({ under }) => under)).size === 1);
}

/** The call that makes it, in the code that runs again and again itself. */
function siteIn({ history }: FileRun, node: Node, depth: number): Site | undefined {
  const life = history.lifetimes.lives.get(node);
  if (life === undefined) return undefined;
  const calls = [life.site, ...callSites(life.chain)];
  // A callback is written in the call that runs it.
  const inwards = calls.slice(0, calls.length - depth).reverse();
  return inwards.find((site, index) => { const inner = inwards[index + 1]; return inner === undefined || !isWithin(inner, site); }) ?? life.site;
}

function findingOf(file: FileRun, { run, nodes, site }: Left, { cause, how }: { readonly cause: LeftBy; readonly how: How }): readonly Finding[] {
  const located = locate(file.file, site, run.chain);
  if (located === undefined) return [];
  const { repetition } = run;
  const isCounted = nodes.every((node) => !run.uncounted.has(node)) && haveAllRounds(file, nodes);
  const isOne = isCounted && nodes.length === 1;
  const count = isOne ? 'a tensor' : isCounted ? `${String(nodes.length)} tensors` : 'tensors';
  const isKept = nodes.every((node) => run.kept.includes(node));
  return [{
    cause, variant: how === 'replaced' ? how : variantOf(run, cause, isKept ? 'kept' : 'forgotten'), ...located,
    sources: [], code: file.program.text(site), scope: '', before: [], after: [], effect: { kind: 'slow' },
    details: { count: [count], them: [isOne ? 'it' : 'them'], refer: [isOne ? 'it' : 'any of them'], another: [isOne ? 'another' : 'others'], its: [isOne ? 'its' : 'their'], old: [isOne ? 'the old one' : 'the old ones'], times: timesOf(file, repetition), others: [namesAlone(file, run.disposed).slice(0, 3).map((name) => `\`${name}\``).join(', ')] },
    suggestion: undefined, mend: isKept || how === 'replaced' ? undefined : mendOf(file, nodes),
  }];
}

function mendOf({ history }: FileRun, [node]: readonly Node[]): Mend | undefined {
  const library = node && history.lifetimes.lives.get(node)?.library;
  const region = library && regionOf(library);
  return region === undefined ? undefined : { kind: 'hold', ...region };
}

function variantOf({ rounds, repetition, holder }: Run, cause: LeftBy, how: 'kept' | 'forgotten'): string {
  if (cause === 'incomplete-dispose') return 'some';
  if (cause === 'growing-memory') return how === 'kept' ? how : repetition.kind;
  return rounds === 'counted' && (how === 'kept' || holder === 'nobody') ? 'counted' : repetition.kind;
}

function timesOf({ program }: FileRun, repetition: Repetition): readonly Fragment[] {
  switch (repetition.kind) {
    case 'loop': return ['in each round of ', { label: /^\w+/u.exec(program.text(repetition.site))?.[0] ?? 'the loop', site: repetition.site }];
    case 'call': return ['in each call of ', { label: repetition.code.name, site: repetition.site }];
    case 'handler': return [`each time \`${repetition.by}\` calls `, { label: repetition.code.name === '' ? 'its callback' : repetition.code.name, site: repetition.site }];
  }
}
