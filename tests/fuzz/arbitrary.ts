/** Plans as a fast-check arbitrary. */
import * as fc from 'fast-check';

import { generatePlan } from './generate/plan.ts';
import type { Meaning} from './meaning.ts';
import { meaningOf } from './meaning.ts';
import { smaller } from './shrink.ts';
import type { Plan } from './syntax.ts';
import { Invalid } from './values.ts';

/** The meaning of a plan, if it is a program. */
export function valid(plan: Plan): Meaning | undefined {
  try {
    return meaningOf(plan);
  } catch (error) {
    if (error instanceof Invalid) return undefined;
    throw error;
  }
}

export class PlanArbitrary extends fc.Arbitrary<Plan> {
  /** How many plans were no programs. */
  discarded = 0;

  constructor(readonly focus: readonly string[] = []) {
    super();
  }

  generate(random: fc.Random): fc.Value<Plan> {
    for (;;) {
      const plan = generatePlan(random, this.focus);
      if (valid(plan) !== undefined) return new fc.Value(plan, undefined);
      this.discarded += 1;
    }
  }

  canShrinkWithoutContext(value: unknown): value is Plan {
    return typeof value === 'object' && value !== null && 'language' in value;
  }

  shrink(plan: Plan): fc.Stream<fc.Value<Plan>> {
    return fc.stream(smaller(plan)).filter((each) => valid(each) !== undefined).map((each) => new fc.Value(each, undefined));
  }
}
