/** How many columns of a terminal a text takes: ideographs and emoji take two, what combines with the character before none. */
const segments = new Intl.Segmenter();

export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of segments.segment(text)) width += /^[\u0020-\u02FF]/u.test(segment) ? 1 : columnsOf(segment);
  return width;
}

/** As much of the beginning of a text as fits. */
export function startWithin(text: string, columns: number): string {
  return within([...segments.segment(text)].map(({ segment }) => segment), columns).join('');
}

/** As much of its end. */
export function endWithin(text: string, columns: number): string {
  return within([...segments.segment(text)].map(({ segment }) => segment).reverse(), columns).reverse().join('');
}

function within(parts: readonly string[], columns: number): string[] {
  let left = columns;
  const first = parts.findIndex((part) => (left -= textWidth(part)) < 0);
  return parts.slice(0, first === -1 ? parts.length : first);
}

function columnsOf(segment: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(segment)) return 0;
  if (/\p{Emoji_Presentation}|\uFE0F/u.test(segment)) return 2;
  return wide.test(segment) ? 2 : 1;
}

/** The scripts whose characters are as wide as high (East Asian Width W and F). */
const wide = /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]/u;
