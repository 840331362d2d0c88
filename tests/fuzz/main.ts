/** `npm run fuzz -- --runs N --seed S [--into DIR] [--part memory|shapes]`: generated programs at length; the part `memory` makes and disposes tensors, the part `shapes` has numbers that do not fit. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Campaign } from './campaign.ts';
import { MemoryCampaign } from './memory/campaign.ts';
import { ShapesCampaign } from './shaped/campaign.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string' }, keep: { type: 'string', default: '3' }, part: { type: 'string', default: 'gradients' }, into: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(values.runs);

const parts: Readonly<Record<string, () => Promise<number>>> = { gradients, memory, shapes };

console.log(`seed ${seed}`);
process.exitCode = (await (parts[values.part] ?? gradients)()) > 0 ? 1 : 0;

/** Programs in batches. */
interface Batches {
  step: (count: number) => Promise<number>;
}

async function inBatches(campaign: Batches, soFar: () => string): Promise<void> {
  for (let done = 0; done < runs;) {
    done += await campaign.step(Math.min(64, runs - done));
    if (done % 640 < 64 || done >= runs) console.log(soFar());
  }
}

async function memory(): Promise<number> {
  const campaign = new MemoryCampaign(seed);
  await inBatches(campaign, () => campaign.summary());
  for (const { text, disagreements } of [...campaign.failures, ...campaign.missed].slice(0, Number(values.keep))) console.log(`\n${text}\n${disagreements.map((each) => each.text).join('\n')}`);
  return campaign.failures.length;
}

async function shapes(): Promise<number> {
  const campaign = new ShapesCampaign(seed);
  await inBatches(campaign, () => campaign.summary());
  const disagreements = [...campaign.failures, ...campaign.disagreements.filter(({ fate }) => fate !== 'false')];
  for (const { fate, text, told, thrown } of disagreements.slice(0, Number(values.keep))) console.log(`\n${fate}: ${thrown}; told: ${told.join(', ')}\n${text}`);
  return campaign.failures.length;
}

async function gradients(): Promise<number> {
  const campaign = new Campaign(seed);
  await inBatches(campaign, () => campaign.progress());
  console.log(campaign.summary());
  if (campaign.failures.length === 0) return 0;
  const folder = folderForFinds();
  for (const failure of campaign.various(Number(values.keep))) {
    const { text, file } = await campaign.shrink(failure, folder);
    console.log(`\n${file}\n${text}`);
  }
  return campaign.failures.length;
}

function folderForFinds(): string {
  if (values.into === undefined) return mkdtempSync(path.join(tmpdir(), 'fuzz-'));
  mkdirSync(values.into, { recursive: true });
  return values.into;
}
