/** The playground in a real browser: what a visitor types, and what the page says then. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { executable, launch, without } from './chromium.ts';
import { type Site, serve } from './site.ts';
import { Visitor, limits } from './visitor.ts';

const root = path.join(import.meta.dirname, '..', '..');
/** To be looked at; git does not know it. */
const pictures = path.join(root, 'coverage', 'playground');
const picture = (name: string): string => path.join(pictures, `${name}.png`);

const program = `import * as tf from '@tensorflow/tfjs';

const image = tf.variable(tf.randomUniform([4, 4, 3]));

tf.train.adam(0.05).minimize(() => {
  const copy = image;
  return copy.mean().sub(0.5).square().asScalar();
});
`;

describe.skipIf(executable === undefined)(`the playground${without}`, () => {
  let site: Site;
  let browser: Browser;
  let context: BrowserContext;
  /** One page for all, for what takes time is its first answer. */
  let visitor: Visitor;
  let first: number;

  beforeAll(async () => {
    await mkdir(pictures, { recursive: true });
    site = await serve();
    browser = await launch();
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
    visitor = new Visitor(await context.newPage());
    first = await visitor.opens(`${site.address}#example=readme`);
  });

  afterAll(async () => {
    await browser.close();
    await site[Symbol.asyncDispose]();
  });

  it('reports a mistake while it is typed, draws the cut, and mends it; without a network', async () => {
    const { page } = visitor;
    expect(await visitor.texts('.cm-lintRange-error')).toEqual(['features']);
    await visitor.picture(picture('light'));
    await context.setOffline(true);

    await visitor.writes(program);
    expect(await visitor.status()).toBe('No problems found');
    expect(await page.locator('#graph .cut-edge').count()).toBe(0);

    const edits: number[] = [];
    await visitor.after(async () => {
      await page.keyboard.press('ControlOrMeta+Home');
      for (let line = 1; line < 6; line++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      for (const _letter of 'image;') await page.keyboard.press('Backspace');
    });
    for (const letter of 'tf.tensor(image.dataSync(), image.shape);') edits.push(await visitor.after(() => page.keyboard.type(letter)));

    expect(await visitor.code()).toContain('  const copy = tf.tensor(image.dataSync(), image.shape);');
    expect(await visitor.status()).toBe('1 problem');
    expect((await visitor.texts('.cm-lintRange-error')).join('')).toBe('image.dataSync()');
    expect(await visitor.texts('.problem .sentence')).toEqual([expect.stringContaining('image gets no gradient from this loss: image.dataSync() takes the values off the tape')]);
    expect(await visitor.texts('.notes')).toEqual(expect.arrayContaining([expect.stringContaining('✂ the values were read to the host'), expect.stringContaining('● image: gets no gradient')]));
    expect(await page.locator('#graph > svg > .cut-edge').count()).toBe(1);

    await visitor.after(() => page.getByRole('button', { name: 'Use image itself.' }).press('Enter'));
    expect(await visitor.code()).toContain('  const copy = image;');
    expect(await visitor.status()).toBe('No problems found');
    expect(await page.locator('.cm-lintRange-error').count()).toBe(0);
    expect(await page.locator('#graph .cut-edge').count()).toBe(0);
    expect(await visitor.texts('.notes')).toEqual([]);

    const median = edits.toSorted((a, b) => a - b)[Math.floor(edits.length / 2)]!;
    await context.setOffline(false);
    console.log(`first answer in ${first.toFixed(0)} ms; edits in ${edits.map((edit) => edit.toFixed(0)).join(' ')} ms, median ${median.toFixed(0)}`);
    expect(median).toBeLessThan(limits.edit);
    expect(first).toBeLessThan(limits.first);
  });

  it('keeps the program in the address, so that a link shows it to others', async () => {
    const { page } = visitor;
    await visitor.writes(program.replace('image;', 'image.round();'));
    await page.waitForFunction(() => location.hash.startsWith('#code='));
    const other = new Visitor(await context.newPage());
    await other.opens(page.url());
    expect(await other.code()).toBe(await visitor.code());
    expect(await other.texts('.problem .rule')).toEqual(['no-zero-derivative']);
    expect(await other.page.inputValue('#example')).toBe('');
  });

  // What is said of each example, tests/playground.test.ts asks without a browser.
  it.each(['several-files', 'no-shape-mismatch', 'no-use-after-dispose', 'valid-training-call'])('shows the example %s with its mistake and without', async (id) => {
    const { page } = visitor;
    await visitor.after(async () => { await page.selectOption('#example', id); });
    expect(await page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0);
    expect(await page.locator('.problem .place').count()).toBeGreaterThan(0);
    await visitor.after(() => page.click('#correct'));
    expect({ status: await page.getAttribute('#status', 'class'), squiggles: await page.locator('.cm-lintRange-error').count() }).toEqual({ status: 'good', squiggles: 0 });
    expect(page.url()).toContain(`#example=${id}/correct`);
  });

  it('shows the scope under the cursor, and leads from the graph to the code', async () => {
    const { page } = visitor;
    await visitor.after(async () => { await page.selectOption('#example', 'gan'); });
    const scopes = await visitor.texts('.scope');
    expect(scopes.length).toBeGreaterThan(1);
    for (const [index, scope] of scopes.entries()) {
      await visitor.after(() => page.locator('.scope').nth(index).click());
      expect(await visitor.texts('.scope[aria-pressed=true]')).toEqual([scope]);
    }
    const node = page.locator('#graph > svg > [data-node]').first();
    await node.press('Enter');
    expect(await page.locator('.cm-content').evaluate((content) => content === document.activeElement)).toBe(true);
  });

  it('knows the types of TF.js', async () => {
    const { page } = visitor;
    await visitor.after(async () => { await page.selectOption('#example', 'readme'); });
    await page.locator('.cm-line', { hasText: 'optimizer.minimize' }).getByText('minimize').first().hover();
    expect(await page.locator('.types code').first().textContent()).toContain('Optimizer.minimize(f: () => ');
    await page.locator('.cm-content').focus();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('tf.losses.softmaxC');
    await page.locator('.cm-completionLabel', { hasText: 'softmaxCrossEntropy' }).waitFor();
  });

  it('is dark where the screen is, and fits a phone', async () => {
    const screens = [
      { name: 'dark', colorScheme: 'dark', width: 1440, height: 900, example: 'classes' },
      { name: 'phone', colorScheme: 'light', width: 390, height: 844, example: 'readme' },
      { name: 'phone-dark', colorScheme: 'dark', width: 360, height: 740, example: 'several-files' },
    ] as const;
    const { page } = visitor;
    const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset.theme);
    for (const { name, example, colorScheme, ...size } of screens) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await visitor.after(async () => { await page.selectOption('#example', example); });
      await visitor.picture(picture(name));
      expect(await theme()).toBe(colorScheme);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
      const bottoms = await page.locator('.bar button:not(#theme)').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().bottom));
      expect(new Set(bottoms).size, `${name}: the buttons stand in one row`).toBe(1);
    }
    await page.locator('#theme').press('Enter');
    expect(await theme()).toBe('light');
  });
});
