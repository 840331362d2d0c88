/** Generated programs that make and dispose tensors: what is said of their memory is what their rounds leave. */
import { describe, expect, it } from 'vitest';

import { MemoryCampaign } from './memory/campaign.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20_261_128);
const runs = Number(process.env.FUZZ_RUNS ?? 96);

describe('generated memory programs', () => {
  it(`agree with their rounds (seed ${String(seed)}, FUZZ_SEED sets another)`, async () => {
    const campaign = new MemoryCampaign(seed);
    for (let done = 0; done < runs;) done += await campaign.step(Math.min(48, runs - done));
    console.log(`seed ${String(seed)}: ${campaign.summary()}`);
    const [failure] = campaign.failures;
    expect(failure && [failure.text, ...failure.disagreements.map(({ text }) => text)].join('\n')).toBeUndefined();
  }, 240_000);
});
