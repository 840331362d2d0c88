/** How many columns of a terminal a text takes: ideographs and emoji take two, what combines with the character before none. */
const segments = new Intl.Segmenter();

export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of segments.segment(text)) width += /^[\u0020-\u02FF]/u.test(segment) ? 1 : columnsOf(segment);
  return width;
}

function columnsOf(segment: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(segment)) return 0;
  if (/\p{Emoji_Presentation}|\uFE0F/u.test(segment)) return 2;
  return wide.test(segment) ? 2 : 1;
}

/** The scripts whose characters are as wide as high (East Asian Width W and F). */
const wide = /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]/u;
