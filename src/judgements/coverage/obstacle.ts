/** Why a scope could not be followed to its end. */
import type { Site } from '../../program/ir.ts';

export const obstacleKinds = [
  /** Code without a body, of which only a declaration is known. */
  'unknown-code',
  /** A value of which no type says what it is. */
  'untyped-value',
  /** An argument of a function that nothing in the linted files calls, of which its type does not say enough. */
  'argument',
  /** An import of a module that cannot be found, or has no types. */
  'unknown-import',
  /** A name that nothing declares. */
  'unknown-global',
  /** A module that is a library by its name, and is imported in a way in which it is not known to be one. */
  'unrecognised-import',
  /** A global name that usually stands for a library, and of which nobody has said that it does. */
  'unrecognised-global',
  /** A list of variables, or of arguments, of which not every item is known. */
  'unknown-list',
  /** A model of which not every layer is known, or not how it is compiled, or what of it trains. */
  'unknown-model',
  /** A variable that is switched on and off in a way that leaves open what holds. */
  'unknown-trainability',
  /** A value that may be one of too many. */
  'too-many-values',
  /** A function that does not surely give a tensor. */
  'unknown-result',
  /** Syntax of which nothing is known. */
  'unknown-syntax',
  /** A value that is not known, for a reason that nobody has written down. */
  'unknown-value',
  /** A class whose base cannot be read, so that none of its methods is run. */
  'unknown-base',
  /** Code that nothing runs: no value that it could be run with is known. */
  'not-run',
  /** The file takes more steps than it may. */
  'budget',
  /** The analysis failed. */
  'failed',
] as const;

export type ObstacleKind = (typeof obstacleKinds)[number];

export interface Obstacle {
  readonly kind: ObstacleKind;
  readonly site: Site;
  /** What it is, as the user wrote it. */
  readonly code: string;
}

/** The same place for the same reason is told once. */
export function distinct(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  return [...new Map(obstacles.map((obstacle) => [`${obstacle.kind} ${obstacle.site.file} ${String(obstacle.site.start)}`, obstacle])).values()];
}
