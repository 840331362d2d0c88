/** Calls that fail and are meant to, or that a check or a choice keeps from being reached. */
import type { CallChain } from '../../domain/calls.ts';
import type { Shaped } from '../../domain/history.ts';
import type { Site } from '../../program/ir.ts';
import type { Program } from '../../program/program.ts';
import { functionsAround } from '../../program/within.ts';

/** A call, with the arguments that a test may ask about. */
type Call = Pick<Shaped, 'circumstances' | 'site' | 'chain' | 'sites'>;

/** Words of a test that asks whether shapes fit. */
const aboutShapes = /shape|rank|dtype|size|dim|length|instanceof|axis|axes/iu;

export function isForeseen(program: Program, call: Call, words = aboutShapes): boolean {
  const { circumstances: { caught, chosen, conditions }, site, chain } = call;
  return caught || chosen || conditions.some((test) => isAboutShapes(program, test, call, words)) || placesOf(site, chain).some((place) => isExpected(program, place) || isAsserted(program, place));
}

/** Where it stands, and each of the calls that lead there. */
function placesOf(site: Site, chain: CallChain | undefined): readonly Site[] {
  const places = [site];
  for (let call = chain; call !== undefined; call = call.caller) places.push(call.site);
  return places;
}

/** What is asked of a shape, or of one of the operands, may be whether it fits. */
function isAboutShapes(program: Program, test: Site, { sites }: Call, words: RegExp): boolean {
  const text = program.text(test);
  if (words.test(text)) return true;
  const names = new Set(sites.flatMap((site) => program.text(site).match(/[\p{L}_$][\w$]*/gu) ?? []));
  return (text.match(/[\p{L}_$][\w$]*/gu) ?? []).some((name) => name !== 'tf' && name !== 'this' && names.has(name));
}

/** Within a function that is handed to `expect`, `assert.throws` or the like. */
function isExpected(program: Program, place: Site): boolean {
  const module = program.module(place.file);
  return module !== undefined && functionsAround(module, place).some((around) => /(?:expect|throws?|rejects?|fails?|raises?)\w*\s*(?:<[^<>]*>)?\(\s*(?:async\s*)?$/iu.test(before(program, around.site, 80)));
}

/** Something is asserted in the same function, before it. */
function isAsserted(program: Program, place: Site): boolean {
  const module = program.module(place.file);
  const [innermost] = module === undefined ? [] : functionsAround(module, place);
  const start = innermost?.site.start ?? module?.site.start ?? place.start;
  return /(?:assert|invariant|ensure|validate|check|verify)\w*\s*\(/iu.test(before(program, place, place.start - start));
}

/** So many characters of the text before a place. */
function before(program: Program, place: Site, count: number): string {
  const whole = program.module(place.file)?.site;
  if (whole === undefined) return '';
  const at = place.start - whole.start;
  return program.text(whole).slice(Math.max(0, at - count), at);
}
