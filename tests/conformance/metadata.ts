/** What a test says of itself in the comment at its head. */
export interface Metadata {
  readonly flags: readonly string[];
  readonly includes: readonly string[];
  /** It is there to fail: when it is parsed, linked or run. */
  readonly negative: boolean;
}

const head = /\/\*---([\s\S]*?)---\*\//u;

export function metadataOf(text: string): Metadata {
  const block = head.exec(text)?.[1]?.replaceAll('\r', '\n') ?? '';
  return { flags: listOf(block, 'flags'), includes: listOf(block, 'includes'), negative: /^negative:/mu.test(block) };
}

/** The test without its comment and licence: neither matters here, and both would be parsed thousands of times. */
export function codeOf(text: string): string {
  return text.replace(head, '').replaceAll(/^\/\/ (?:Copyright|This code is governed)[^\n]*\n/gmu, '').trim();
}

/** A list in YAML, in brackets or line by line. */
function listOf(block: string, name: string): readonly string[] {
  const inline = new RegExp(`^${name}:[ \\t]*\\[([^\\]]*)\\]`, 'mu').exec(block)?.[1];
  const items = inline?.split(',') ?? new RegExp(`^${name}:[ \\t]*\\n((?:[ \\t]*-[^\\n]*\\n*)+)`, 'mu').exec(block)?.[1]?.split('\n').map((line) => line.replace(/^[ \t]*-/u, '')) ?? [];
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
