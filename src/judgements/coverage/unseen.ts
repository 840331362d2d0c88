/** Calls that look like scopes and have not become one. */
import type { History } from '../../domain/history.ts';
import type { Library } from '../../libraries/library.ts';
import type { Meaning } from '../../libraries/meaning.ts';
import { lastName, ownerOf } from '../../libraries/owner.ts';
import type { Expression, FunctionCode, ModuleCode, Site } from '../../program/ir.ts';
import type { Written } from '../../program/expressions.ts';
import { isWithin } from '../../program/within.ts';
import type { FileRun } from '../file-run.ts';
import { shortened } from '../names.ts';
import type { Obstacle } from './obstacle.ts';
import type { Origins } from './origins.ts';
import type { ScopeGroup, ScopeOutcome } from './scopes.ts';

type Call = Extract<Expression, { op: 'call' }>;

interface Named {
  readonly name: string;
  /** The name itself. */
  readonly site: Site;
  readonly call: Call;
  readonly code: FunctionCode | undefined;
  readonly group: ScopeGroup;
}

/** What hides the scopes of a file that were not run; `seen`: those that were. */
export class Unseen {
  readonly #groups: ReadonlyMap<string, ScopeGroup>;

  constructor(readonly origins: Origins, readonly libraries: readonly Library[]) {
    this.#groups = new Map(libraries.flatMap(({ members, classes }) => [members, ...Object.values(classes).map((each) => each.members)].flatMap((table) => Object.entries(table).flatMap(([path, meaning]) => {
      const group = groupOf(meaning);
      return group === undefined ? [] : [[lastName(path), group] as const];
    }))));
  }

  /** Of a file that was analysed. */
  inRun(run: FileRun, module: ModuleCode, seen: readonly ScopeOutcome[]): readonly ScopeOutcome[] {
    const places = new Set(seen.map(({ site }) => placeKey(site)));
    const { history, complete } = run;
    return this.#candidates(module).filter((each) => !places.has(placeKey(each.call.site)) && this.#isScope(each)).map((each) => outcome(each, this.#reason(each, history, complete)));
  }

  /** Of a file in which no library is recognised: what is called as one usually is. */
  inOther(module: ModuleCode): readonly ScopeOutcome[] {
    const customary = this.libraries.flatMap((library) => library.scriptTag?.global ?? []);
    if (!customary.some((name) => module.occurrences.has(name))) return [];
    const written = this.origins.syntax.written(module.file);
    const spaces = written.filter(({ expression: e }) => (e.op === 'load' ? customary.includes(e.binding.name) && e.binding.kind === 'import' : e.op === 'free' && customary.includes(e.name)));
    const [first] = spaces.map(({ expression }) => expression).sort((a, b) => a.site.start - b.site.start);
    if (first === undefined) return [];
    const obstacle: Obstacle = first.op === 'load' && first.binding.imported !== undefined
      ? { kind: 'unrecognised-import', site: first.binding.imported.specifier, code: first.binding.imported.text }
      : { kind: 'unrecognised-global', site: first.site, code: shortened(this.origins.syntax.program.text(first.site)) };
    return this.#candidates(module).map((each) => outcome(each, obstacle));
  }

  /** Of a file whose analysis failed. */
  inFailed(module: ModuleCode): readonly ScopeOutcome[] {
    return this.#candidates(module).filter(({ site }) => {
      const origin = this.origins.syntax.program.originOf(site);
      return origin === undefined || ownerOf(this.libraries, origin) !== undefined;
    }).map((each) => outcome(each, { kind: 'failed', site: each.call.site, code: each.name }));
  }

  #candidates(module: ModuleCode): readonly Named[] {
    return this.origins.syntax.written(module.file).flatMap((written) => this.#named(written) ?? []).sort((a, b) => a.call.site.start - b.call.site.start);
  }

  #named({ expression: call, code }: Written): Named | undefined {
    if (call.op !== 'call' || call.callee === 'super') return undefined;
    const { callee } = call;
    const [name, site] = callee.op === 'member' && callee.key.op === 'constant' ? [callee.key.value, callee.keySite]
      : callee.op === 'load' && callee.binding.imported !== undefined ? [callee.binding.imported.name, callee.site] : [];
    const group = typeof name === 'string' ? this.#groups.get(name) : undefined;
    return typeof name !== 'string' || site === undefined || group === undefined ? undefined : { name, site, call, code, group };
  }

  /** What is declared to be something else is none, unless it is called as a scope is. */
  #isScope({ call, site, group }: Named): boolean {
    const origin = this.origins.syntax.program.originOf(site);
    if (origin === undefined || ownerOf(this.libraries, origin) !== undefined) return true;
    return group === 'step' && this.origins.unfollowed.has(call.site) && call.arguments[0]?.value.op === 'closure';
  }

  #reason({ call, code, group, name }: Named, history: History, complete: boolean): Obstacle {
    const { unfollowed } = this.origins;
    const { program } = this.origins.syntax;
    if (unfollowed.has(call.site)) return this.origins.ofCall(call);
    if (!complete) return { kind: 'budget', site: call.site, code: name };
    if (code !== undefined && !history.executed.entered.has(code)) return this.#baseAround(call) ?? { kind: 'not-run', site: code.nameSite, code: code.name || shortened(program.text(code.nameSite)) };
    const { callee } = call;
    if (group === 'model' && callee !== 'super' && callee.op === 'member' && callee.object !== 'super') return { kind: 'unknown-model', site: callee.object.site, code: shortened(program.text(callee.object.site)) };
    return { kind: 'not-run', site: call.site, code: shortened(program.text(call.site)) };
  }

  #baseAround({ site }: Call): Obstacle | undefined {
    const around = this.origins.syntax.program.module(site.file)?.classes.filter((code) => isWithin(site, code.site)) ?? [];
    return around.flatMap((code) => this.origins.ofBase(code) ?? []).at(-1);
  }
}

function outcome({ call, name, group }: Named, obstacle: Obstacle): ScopeOutcome {
  return { site: call.site, form: { group, name }, ran: false, sources: [], decided: false, error: undefined, obstacles: () => [obstacle] };
}

function groupOf({ is }: Meaning): ScopeGroup | undefined {
  return is === 'scope' ? 'step' : is === 'train' ? 'model' : undefined;
}

function placeKey({ file, start, end }: Site): string {
  return `${file}:${String(start)}:${String(end)}`;
}
