import { expect, test } from 'vitest';
import { resultOf } from './run.ts';

/** `resultOf` stops after 100,000 steps with an error. */
test('code that has itself called again by timers is followed within few steps, however much it does', () => {
  const text = `
    let n = 0;
    const list = [1];
    async function content() {
      for (const x of list) { n += x; list.push(n); }
      await null;
      list.map((x) => { n += x; return x + 1; }).forEach((x) => { if (x > n) list.pop(); });
    }
    async function loop() {
      await content();
      requestAnimationFrame(() => { loop(); });
      setTimeout(() => { list.forEach((x) => { if (x > 3) loop(); }); });
    }
    loop();
    setInterval(() => { loop(); });
    export const result = 'followed';
  `;
  expect(resultOf({ 'frames.js': text })).toBe('followed');
});

test('what one frame leaves, the next one finds: a text, and not which', () => {
  const text = `
    let phase = 'first';
    let seen = 'nothing';
    function frame() {
      if (phase === 'second') seen = 'both';
      phase = 'second';
      setTimeout(() => { frame(); });
    }
    frame();
    await null;
    export const result = seen;
  `;
  expect(resultOf({ 'phases.mjs': text })).toBe('(host)');
});
