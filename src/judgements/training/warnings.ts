/** What a file is warned of when everything in it has run: never a place twice, and none that is reported as an error. */
import type { ClassCode, FunctionCode, Site } from '../../program/ir.ts';
import type { Finding } from '../finding.ts';
import type { Node } from '../../domain/graph.ts';
import type { Heard } from '../../analysis/heard.ts';
import type { Machine } from '../../interpreter/machine.ts';
import { type PartialLoss, partialLosses } from '../gradients/partial.ts';
import { breakSteps, locate, nameOf, place, steps, untilTarget } from '../gradients/report.ts';
import { symmetryIn } from './symmetry.ts';
import { isDetachHelper } from '../gradients/suggestions.ts';
import type { ComputedGradient, Suspicion } from './suspicions.ts';
import type { Verdict } from '../gradients/verdict.ts';

/** What other files can get from this one. */
export interface Exported {
  readonly nodes: Set<Node>;
  readonly code: Set<FunctionCode | ClassCode>;
}

/** A file that has been run. */
interface FileRun {
  readonly file: string;
  readonly heard: Heard;
  readonly exported: Exported;
  /** Nothing was left out for its size. */
  readonly complete: boolean;
}

export class Warnings {
  /** Places where a path ends that is spoken of already. */
  readonly #spoken: Set<string>;
  /** Reads that cut a path beside others. */
  readonly #cut = new Set<string>();

  constructor(readonly machine: Machine, readonly run: FileRun, cuts: readonly Node[]) {
    this.#spoken = new Set(cuts.map(({ site }) => placeOf(site)));
  }

  /** Paths that are cut beside others. */
  partial(verdict: Verdict): readonly Finding[] {
    const losses = partialLosses(this.machine, verdict).filter(({ at }) => !this.#spoken.has(placeOf(at.after.site)));
    return losses.flatMap((loss) => this.#partial(verdict, loss));
  }

  #partial({ run, trace }: Verdict, { at, form, sources, alive }: PartialLoss): readonly Finding[] {
    const m = this.machine;
    const helper = at.cause === 'host-read' ? isDetachHelper(m, at, trace) : undefined;
    const { site, chain } = helper ?? at.after;
    this.#cut.add(placeOf(at.after.site));
    return place(m, this.run.file, {
      cause: 'partial-gradient', variant: form, site, chain, run,
      sources: [...new Set(sources.map((node) => nameOf(m, node)))], code: m.program.text(site),
      before: steps(m, at.path), after: steps(m, breakSteps(at, trace)),
      effect: { kind: 'partial', alive: steps(m, untilTarget(alive)) }, suggestion: undefined,
    });
  }

  /** All the others, to be asked for when everything else is told. */
  loose(told: readonly Finding[]): readonly Finding[] {
    const thrown = told.filter(({ effect }) => effect.kind === 'throws' || effect.kind === 'untold').map(({ site }) => site);
    return [...this.#syncReads(), ...this.#unapplied(thrown), ...this.#alikeKernels(), ...this.run.heard.suspicions.filter((suspicion) => !this.#isRefuted(suspicion)).flatMap((suspicion) => this.#finding(suspicion))];
  }

  #syncReads(): readonly Finding[] {
    const { heard } = this.run;
    return heard.syncReads.filter(({ node, tape }) => !heard.failing.has(tape) && !this.#spoken.has(placeOf(node.site)) && !this.#cut.has(placeOf(node.site))).flatMap(({ node, tape }) => this.#finding({
      cause: 'sync-read', variant: tape.label === undefined ? 'training' : 'scope', site: node.site, chain: node.chain, scope: tape.label ?? '', about: [], effect: { kind: 'slow' },
    }));
  }

  /** Gradients at which nothing looks, in no run; those of a call that throws there are none of. */
  #unapplied(thrown: readonly Site[]): readonly Finding[] {
    const { heard, complete } = this.run;
    if (!complete) return [];
    const byPlace = new Map<string, ComputedGradient[]>();
    for (const gradient of heard.gradients) byPlace.set(placeOf(gradient.site), [...byPlace.get(placeOf(gradient.site)) ?? [], gradient]);
    return [...byPlace.values()].flatMap((gradients) => {
      const seen = gradients.find(({ muted }) => !muted);
      if (seen === undefined || gradients.some(({ node }) => this.#isUsed(node)) || thrown.some((site) => isWithin(site, seen.site))) return [];
      const { label, site, chain } = seen;
      return this.#finding({ cause: 'unapplied-gradient', variant: 'unused', site, chain, scope: label, about: [], effect: { kind: 'useless' } });
    });
  }

  #isUsed(node: Node): boolean {
    const { exported } = this.run;
    const givers = this.machine.givers.get(node) ?? [];
    const isOpen = (code: FunctionCode): boolean => exported.code.has(code) || (code.owner !== undefined && exported.code.has(code.owner));
    return node.used || this.machine.escaped.has(node) || exported.nodes.has(node) || givers.some(isOpen);
  }

  /** Kernels in a row in one scope, and in no other used otherwise. */
  #alikeKernels(): readonly Finding[] {
    const m = this.machine;
    const { heard: { verdicts, overwritten }, exported, complete } = this.run;
    if (!complete || m.uniform.size === 0) return [];
    const symmetries = verdicts.filter(({ trace }) => !trace.anything).map(({ trace }) => symmetryIn(trace, m.uniform));
    const apart = new Set(symmetries.flatMap((symmetry) => [...symmetry.apart]));
    const isKnown = (node: Node): boolean => !apart.has(node) && !overwritten.has(node) && !m.escaped.has(node) && !exported.nodes.has(node);
    return symmetries.flatMap(({ rows }) => rows.filter((row) => row.every(isKnown)).flatMap((row) => this.#finding({
      cause: 'constant-initialisation', variant: 'variables', site: row[0].site, chain: row[0].chain, scope: row[0].label, about: row, effect: { kind: 'alike' },
    })));
  }

  /** Weights that get their values from elsewhere do not begin as they were made. */
  #isRefuted({ cause, about }: Suspicion): boolean {
    const { heard: { overwritten } } = this.run;
    const { escaped } = this.machine;
    return cause === 'constant-initialisation' && about.some((node) => overwritten.has(node) || escaped.has(node) || [...escaped].some(({ parts }) => parts.includes(node)));
  }

  #finding({ cause, variant, site, chain, scope, about, effect }: Suspicion): readonly Finding[] {
    const m = this.machine;
    const located = locate(this.run.file, site, chain);
    if (located === undefined) return [];
    return [{
      cause, variant, ...located, sources: [...new Set(about.map((node) => nameOf(m, node)))], code: m.program.text(located.site), scope,
      before: steps(m, about), after: [], effect, suggestion: undefined,
    }];
  }
}

function isWithin(site: Site, around: Site): boolean {
  return site.file === around.file && around.start <= site.start && site.end <= around.end;
}

function placeOf({ file, start, end }: Site): string {
  return `${file}:${String(start)}:${String(end)}`;
}
