/** Somebody at the playground: what they do, and what they see. */
import type { Page } from 'playwright-core';

/** How long they may wait, in milliseconds: for the first answer, and after an edit. */
export const limits = { first: 10_000, edit: 300 };

export class Visitor {
  constructor(readonly page: Page) {}

  async opens(address: string): Promise<number> {
    const began = performance.now();
    await this.page.goto(address);
    await this.#isAnswered(0);
    return performance.now() - began;
  }

  /** Does something, and waits for the answer to it; how long the page has waited, in milliseconds. */
  async after(act: () => Promise<void>): Promise<number> {
    const before = await this.page.evaluate(() => Number(document.documentElement.dataset.asked));
    await act();
    return this.#isAnswered(before);
  }

  /** All that was asked, and more than was asked before. */
  async #isAnswered(before: number): Promise<number> {
    const took = await this.page.waitForFunction((known) => {
      const { asked, answered, took: milliseconds } = document.documentElement.dataset;
      return asked !== undefined && Number(asked) > known && asked === answered ? milliseconds : undefined;
    }, before, { timeout: 6 * limits.first });
    return Number(await took.jsonValue());
  }

  async writes(text: string): Promise<void> {
    await this.page.locator('.cm-content').focus();
    await this.after(async () => {
      await this.page.keyboard.press('ControlOrMeta+a');
      await this.page.keyboard.insertText(text);
    });
  }

  status(): Promise<string | null> {
    return this.page.textContent('#status');
  }

  texts(selector: string): Promise<readonly string[]> {
    return this.page.locator(selector).allTextContents();
  }

  async code(): Promise<string> {
    return (await this.texts('.cm-line')).join('\n');
  }

  async picture(file: string): Promise<void> {
    await this.page.screenshot({ path: file, fullPage: true });
  }
}
