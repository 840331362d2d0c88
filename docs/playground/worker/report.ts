/** What is said of the open file: the problems with their paths, and the graph of a scope. */
import type ts from 'typescript';

import { examine } from '../../../src/analysis/analysis.ts';
import { whyNot } from '../../../src/analysis/coverage.ts';
import { concernsAny, opensScopes } from '../../../src/analysis/gate.ts';
import { sentence } from '../../../src/eslint/sentence.ts';
import { flowGraph } from '../../../src/explanation/graph.ts';
import { markOf } from '../../../src/explanation/mark.ts';
import { innermost, mostTelling } from '../../../src/explanation/scope.ts';
import { type ShapedPlace, shapesIn } from '../../../src/explanation/shapes.ts';
import { Sources } from '../../../src/explanation/sources.ts';
import { type Stage as Told, stagesOf } from '../../../src/explanation/story.ts';
import { picture } from '../../../src/explanation/svg.ts';
import { judged, signs, verdictText, verdictsOf } from '../../../src/explanation/words.ts';
import plugin from '../../../src/index.ts';
import type { Examination, ScopeVerdict } from '../../../src/judgements/gradients/inspection.ts';
import { libraries } from '../../../src/libraries/index.ts';
import { namespace } from '../../../src/package.ts';
import { type Site, createProgram } from '../../../src/program/index.ts';
import type { Level } from '../example.ts';
import type { Flow, Place, Problem, Report, Scope, Stage } from '../protocol.ts';
import { type Linted, lint } from './linter.ts';
import { type Workspace, nameOf, shownName } from './workspace.ts';

/** What is known of one text of the open file, wherever the cursor stands. */
interface Analysed {
  readonly program: ts.Program;
  readonly file: string;
  readonly level: Level;
  readonly problems: readonly Problem[];
  readonly examination: Examination | undefined;
  readonly scopes: readonly ScopeVerdict[];
  /** Drawn when they are looked at. */
  readonly flows: Map<ScopeVerdict, Flow>;
}

export class Reporter {
  #last: Analysed | undefined;

  constructor(readonly workspace: Workspace) {}

  async report(program: ts.Program, open: string, level: Level, cursor: number): Promise<Report> {
    const file = nameOf(open);
    const analysed = this.#analysed(program, file, level);
    const meant = innermost(analysed.scopes, (site) => site.file === file && site.start <= cursor && cursor <= site.end);
    const shown = mostTelling(meant.length > 0 ? meant : analysed.scopes);
    return { problems: analysed.problems, scopes: listed(analysed.scopes, file), flow: shown && await this.#flow(analysed, shown) };
  }

  /** Of the tensors in the file as it was last reported on. */
  shapes(program: ts.Program, open: string): readonly ShapedPlace[] {
    const last = this.#last;
    return last?.program !== program || last.file !== nameOf(open) || last.examination === undefined ? [] : shapesIn(last.file, last.examination.run.history.shapes);
  }

  #analysed(program: ts.Program, file: string, level: Level): Analysed {
    const last = this.#last;
    if (last?.program === program && last.file === file && last.level === level) return last;
    const sources = this.#sources();
    const problems = lint(program, file, level).map((linted) => problemOf(linted, file, sources));
    const read = createProgram(program);
    const examination = concernsAny(read, libraries, file) ? examine(read, libraries, file) : undefined;
    return (this.#last = { program, file, level, problems, examination, scopes: opensScopes(read, libraries, file) ? examination?.scopes ?? [] : [], flows: new Map() });
  }

  async #flow({ program, flows, examination }: Analysed, verdict: ScopeVerdict): Promise<Flow> {
    const known = flows.get(verdict);
    if (known !== undefined) return known;
    const sources = this.#sources();
    const read = createProgram(program);
    const graph = flowGraph(verdict, examination === undefined ? [] : whyNot(examination, libraries, verdict), { textOf: (site) => read.text(site), shapes: examination?.run.history.shapes ?? new Map() });
    const drawing = { graph, sources, cwd: '/' };
    const flow: Flow = {
      scope: scopeOf(verdict),
      // The page has the style.
      svg: await picture(drawing, ''),
      nodes: graph.nodes.map(({ site }) => placeOf(site)),
      verdicts: verdictsOf(graph).map((each) => {
        const fate = judged(graph, each);
        return { name: each.name || 'an argument', fate, sign: signs[fate], text: verdictText('/', graph, each) };
      }),
      complete: graph.complete,
    };
    flows.set(verdict, flow);
    return flow;
  }

  #sources(): Sources {
    return new Sources((file) => this.workspace.text(file));
  }
}

function problemOf({ message, finding }: Linted, file: string, sources: Sources): Problem {
  const meta = message.ruleId === null ? undefined : Object.entries(plugin.rules).find(([name]) => `${namespace}/${name}` === message.ruleId)?.[1].meta;
  const template = finding && meta?.messages[finding.variant];
  return {
    severity: message.severity === 2 ? 'error' : 'warning',
    rule: message.ruleId === null ? undefined : { name: message.ruleId, url: meta?.docs?.url ?? '' },
    place: finding === undefined ? placeAt(message, file, sources) : placeOf(finding.site),
    sentence: finding === undefined || template === undefined ? message.message : sentence(template, finding),
    stages: finding === undefined ? [] : stagesOf(finding).map((stage) => stageOf(stage, sources)),
    suggestions: (message.suggestions ?? []).map(({ desc, fix }) => ({ title: desc, from: fix.range[0], to: fix.range[1], text: fix.text })),
  };
}

function stageOf({ role, site, label, note }: Told, sources: Sources): Stage {
  const { line, column, length } = markOf(sources, site, label);
  const from = sources.offset(site.file, { line, column });
  return { role, note, place: { file: shownName(site.file), from, to: from + length, line } };
}

/** Of what ESLint says itself. */
function placeAt({ line, column, endLine, endColumn }: Linted['message'], file: string, sources: Sources): Place {
  const from = sources.offset(file, { line, column });
  const to = endLine === undefined || endColumn === undefined ? from : sources.offset(file, { line: endLine, column: endColumn });
  return { file: shownName(file), from, to, line };
}

function placeOf({ file, start, end, line }: Site): Place {
  return { file: shownName(file), from: start, to: end, line };
}

function scopeOf({ run, site }: ScopeVerdict): Scope {
  return { label: run.label, place: placeOf(site) };
}

/** Those of a file, each once, as they stand in it. */
function listed(scopes: readonly ScopeVerdict[], file: string): readonly Scope[] {
  const own = scopes.filter(({ site }) => site.file === file).map(scopeOf);
  return [...new Map(own.map((scope) => [scope.place.from, scope])).values()].sort((a, b) => a.place.from - b.place.from);
}
