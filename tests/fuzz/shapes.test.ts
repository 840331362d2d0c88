/** Generated programs with a number that may not fit: what is said of their shapes is what TF.js throws. */
import { describe, expect, it } from 'vitest';

import { ShapesCampaign } from './shaped/campaign.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20_261_128);
const runs = Number(process.env.FUZZ_RUNS ?? 192);

describe('generated programs with shapes', () => {
  it(`agree with their runs (seed ${String(seed)}, FUZZ_SEED sets another)`, async () => {
    const campaign = new ShapesCampaign(seed);
    for (let done = 0; done < runs;) done += await campaign.step(Math.min(64, runs - done));
    console.log(`seed ${String(seed)}: ${campaign.summary()}`);
    const [failure] = campaign.failures;
    expect(failure && [failure.thrown, ...failure.told, failure.text].join('\n')).toBeUndefined();
    expect(campaign.share).toBeGreaterThanOrEqual(0.9);
  }, 240_000);
});
