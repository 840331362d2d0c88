/** `npm run fuzz -- --runs N --seed S`: generated programs at length. */
import { parseArgs } from 'node:util';

import { Campaign } from './campaign.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string' }, keep: { type: 'string', default: '3' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(values.runs);

console.log(`seed ${seed}`);
const campaign = new Campaign(seed);
for (let done = 0; done < runs;) {
  done += await campaign.step(Math.min(64, runs - done));
  if (done % 640 < 64 || done >= runs) console.log(campaign.progress());
}
console.log(campaign.summary());
for (const failure of campaign.various(Number(values.keep))) {
  const { text, file } = await campaign.shrink(failure);
  console.log(`\n${file}\n${text}`);
}
process.exitCode = campaign.failures.length > 0 ? 1 : 0;
