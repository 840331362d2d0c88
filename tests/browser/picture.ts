/** The pictures of the playground in the README: one of its examples, light and dark. */
import path from 'node:path';

import { launch } from './chromium.ts';
import { serve } from './site.ts';
import { Visitor } from './visitor.ts';

const images = path.join(import.meta.dirname, '..', '..', 'docs', 'images');

await using site = await serve();
const browser = await launch();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1060 }, deviceScaleFactor: 1.25, colorScheme });
    const visitor = new Visitor(await context.newPage());
    await visitor.opens(`${site.address}#example=functional`);
    await visitor.page.screenshot({ path: path.join(images, `playground-${colorScheme}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
}
