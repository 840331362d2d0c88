/** The analysis of one file: everything in it is run once, and what the history shows is judged. */
import { Environment } from '../domain/environment.ts';
import type { Node } from '../domain/graph.ts';
import { History } from '../domain/history.ts';
import { subjectOf } from '../domain/reasons.ts';
import { openSettings } from '../interpreter/escape.ts';
import { javascript } from '../interpreter/javascript.ts';
import { Machine } from '../interpreter/machine/machine.ts';
import { othersRanSince, runProgram } from '../interpreter/modules.ts';
import { openHeldState } from '../interpreter/outside/kept-state.ts';
import { openPrototypes } from '../interpreter/outside/prototypes.ts';
import { codeIn, reachableNodes } from '../interpreter/values/reach.ts';
import type { Exported, FileRun } from '../judgements/file-run.ts';
import type { Finding } from '../judgements/finding.ts';
import type { Examination, Inspection } from '../judgements/gradients/inspection.ts';
import { judgeGradients } from '../judgements/gradients/judgement.ts';
import { judgeLifetimes } from '../judgements/lifetimes/judgement.ts';
import { mistakeKey, unique } from '../judgements/places.ts';
import { judgeShapes } from '../judgements/shapes/judgement.ts';
import { judgeTraining } from '../judgements/training/judgement.ts';
import type { Library } from '../libraries/library.ts';
import type { Binding, ClassCode, FunctionCode, ModuleCode } from '../program/ir.ts';
import type { Program } from '../program/program.ts';
import { type Elsewhere, isUsedOutside, sharedBindings, topLevel } from '../program/scripts.ts';
import { isWithin } from '../program/within.ts';
import { TensorSemantics } from '../tensors/semantics.ts';
import { Budget, allowanceFor } from './budget.ts';
import { Entries } from './entries.ts';
import { concerns, concernsAny, isTrainedElsewhere, saysScope } from './gate.ts';

const nowhere: Elsewhere = () => false;

/** The findings of a file, and the verdicts on all its scopes. */
export function inspect(program: Program, libraries: readonly Library[], file: string, elsewhere = nowhere): Inspection {
  return examine(program, libraries, file, elsewhere) ?? { findings: [], scopes: [] };
}

/** As `inspect`, with what was judged; undefined where the program does not have the file. */
export function examine(program: Program, libraries: readonly Library[], file: string, elsewhere = nowhere): Examination | undefined {
  const module = program.module(file);
  if (module === undefined) return undefined;
  const examination = judge(run(program, libraries, module, elsewhere));
  return { ...examination, findings: notToldThere(program, libraries, examination.findings) };
}

/** A mistake in another file is told there, if that file alone shows it; here only what it takes this file to see. */
function notToldThere(program: Program, libraries: readonly Library[], findings: readonly Finding[]): readonly Finding[] {
  const files = new Set(findings.flatMap(({ elsewhere }) => elsewhere?.file ?? []));
  const told = new Set([...files].flatMap((file) => findingsIn(program, libraries, file)).filter(({ elsewhere }) => elsewhere === undefined).map(mistakeKey));
  return findings.filter((finding) => finding.elsewhere === undefined || !told.has(mistakeKey(finding)));
}

/** Of a file that is linted itself. */
function findingsIn(program: Program, libraries: readonly Library[], file: string): readonly Finding[] {
  const module = program.files().includes(file) && concernsAny(program, libraries, file) ? program.module(file) : undefined;
  if (module === undefined) return [];
  return judge(run(program, libraries, module, nowhere)).findings.filter(({ cause }) => concerns(program, libraries, file, subjectOf(cause)));
}

function judge(run: FileRun): Examination {
  const gradients = judgeGradients(run);
  const { scopes, unjudged } = gradients;
  const shapes = judgeShapes(run, gradients.survey);
  const others = [...gradients.findings, ...judgeTraining(run, gradients), ...judgeLifetimes(run)].filter((finding) => !comesBehind(finding, shapes));
  return { findings: unique([...others, ...shapes]), scopes, unjudged, run };
}

/** A call that is given data of a wrong shape fails by it, before anything else about the data matters. So does an operation: nothing is left of it. */
function comesBehind({ cause, effect, site }: Finding, shapes: readonly Finding[]): boolean {
  if (subjectOf(cause) === 'lifetimes') return shapes.some((shape) => shape.effect.kind === 'throws' && isWithin(shape.site, site));
  return subjectOf(cause) === 'training' && effect.kind === 'throws' && shapes.some((shape) => shape.cause === 'model-input' && isWithin(site, shape.site));
}

function run(program: Program, libraries: readonly Library[], module: ModuleCode, elsewhere: Elsewhere): FileRun {
  const history = new History();
  const allowance = allowanceFor(module.file, program.text(module.site).split('\n').length, saysScope(program, libraries, module.file) ? 'opens' : 'imports');
  const m = new Machine(program, history, allowance, javascript, (machine) => new TensorSemantics(machine, libraries));
  const budget = new Budget(m);
  const environment = new Environment(undefined);
  for (const binding of topLevel(module)) if (elsewhere(binding.name) && isVariable(binding)) m.modules.open.add(binding);
  budget.spend(() => { runProgram(m, module, environment); });
  m.environment = environment;
  const exported = exportsOf(m, module.file, environment, openBindings(program, module, elsewhere));
  othersRanSince(m, module.file);
  new Entries(m, module, exported.code, budget).run();
  return { program, file: module.file, history, exported, complete: budget.suffices, isTrainedElsewhere: () => isTrainedElsewhere(program, libraries, module.file) };
}

/** What code elsewhere can name: the exports of a module, of a script all that others use, of a page all that its rest uses. */
function openBindings(program: Program, module: ModuleCode, elsewhere: Elsewhere): readonly Binding[] {
  const exported = [...module.exports.values()].flatMap((entry) => (entry.kind === 'binding' ? [entry.binding] : []));
  const shared = sharedBindings(program, module.file).filter(({ name }) => isUsedOutside(program, module.file, name));
  return [...exported, ...shared, ...topLevel(module).filter(({ name }) => elsewhere(name))];
}

function isVariable({ kind }: Binding): boolean {
  return kind === 'let' || kind === 'var';
}

/** What a file's exports lead to. Their settings may be changed from elsewhere. */
function exportsOf(m: Machine, file: string, environment: Environment, bindings: readonly Binding[]): Exported {
  const nodes = new Set<Node>();
  const code = new Set<FunctionCode | ClassCode>();
  for (const binding of bindings) {
    const cell = environment.find(binding);
    const value = cell === undefined ? undefined : m.memory.read(cell);
    if (value === undefined) continue;
    for (const node of reachableNodes(m, value)) nodes.add(node);
    for (const each of codeIn(m, value)) code.add(each);
    openSettings(m, value);
    openPrototypes(m, value);
  }
  if ([...code].some((each) => 'members' in each)) openHeldState(m, environment, m.program.outsideWrites(file));
  return { nodes, code };
}
