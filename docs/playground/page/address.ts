/** The program in the address, behind `#`, so that no server sees it: the name of an example, or the code itself, compressed. */
import type { Code, Level } from '../example.ts';

export type Address =
  | { readonly kind: 'example'; readonly id: string; readonly version: Version }
  | { readonly kind: 'code'; readonly code: Code; readonly level: Level };

export type Version = 'mistake' | 'correct';

export async function written(address: Address): Promise<string> {
  if (address.kind === 'example') return `#example=${address.id}${address.version === 'mistake' ? '' : '/correct'}`;
  const { code: { files, open }, level } = address;
  return `#code=${await packed(JSON.stringify({ files, open, level }))}`;
}

/** Undefined for what is no address of a program. */
export async function read(hash: string): Promise<Address | undefined> {
  const [key, value = ''] = hash.replace(/^#/u, '').split('=', 2);
  try {
    if (key === 'example') {
      const [id = '', version] = decodeURIComponent(value).split('/');
      return { kind: 'example', id, version: version === 'correct' ? 'correct' : 'mistake' };
    }
    return key === 'code' ? programIn(JSON.parse(await unpacked(value))) : undefined;
  } catch {
    // Cut off where it was copied.
    return undefined;
  }
}

function programIn(data: unknown): Address | undefined {
  const { files, open, level } = data as { readonly files?: unknown; readonly open?: unknown; readonly level?: unknown };
  if (!Array.isArray(files) || typeof open !== 'string') return undefined;
  const texts = files.map((file: unknown) => {
    const { name, text } = file as { readonly name: unknown; readonly text: unknown };
    return { name: String(name), text: String(text) };
  });
  if (!texts.some(({ name }) => name === open)) return undefined;
  return { kind: 'code', code: { files: texts, open }, level: level === 'strict' ? 'strict' : 'recommended' };
}

async function packed(text: string): Promise<string> {
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
}

async function unpacked(text: string): Promise<string> {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(await through(new DecompressionStream('deflate-raw'), bytes));
}

async function through(stream: CompressionStream | DecompressionStream, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
