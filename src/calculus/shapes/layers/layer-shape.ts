/** Shapes as layers see them before anything is run, and what comes of a layer that is put behind another. */

/** The length of an axis: `null` where the library leaves it open until it runs, `undefined` where nothing is known of it. */
export type Axis = number | null | undefined;

/** Axes from the batch on; how many there are is known. */
export type LayerShape = readonly Axis[];

/** Why a layer does not take its inputs: which of the library's errors, and what stands in its text. */
export interface Refusal {
  readonly error: LayerError;
  readonly values: Readonly<Record<string, string>>;
  /** What the layer takes, for people. */
  readonly wanted: string;
  /** Of several inputs, the one that it does not take. */
  readonly input: number;
}

export type LayerError =
  | 'rank' | 'least rank' | 'rank of depthwise' | 'rank of separable' | 'rank of time distributed'
  | 'open channels' | 'open features' | 'open axis' | 'open flatten'
  | 'built axis' | 'built shape' | 'size' | 'input length' | 'one input' | 'concatenate one' | 'concatenate' | 'broadcast' | 'batches' | 'dot';

export type Outcome =
  /** One shape for each output; undefined where it is not known. `several`: they come as an array. */
  | { readonly kind: 'gives'; readonly shapes: readonly (LayerShape | undefined)[]; readonly several: boolean }
  | { readonly kind: 'refuses'; readonly refusal: Refusal }
  | { readonly kind: 'unknown' };

export const unknownOutcome: Outcome = { kind: 'unknown' };

export function gives(shape: LayerShape | undefined): Outcome {
  return { kind: 'gives', shapes: [shape], several: false };
}

export function refuses(error: LayerError, wanted: string, values: Refusal['values'] = {}, input = 0): Outcome {
  return { kind: 'refuses', refusal: { error, values, wanted, input } };
}

/** As the library writes it in some messages: an open length is empty there. */
export function joined(shape: LayerShape): string {
  return shape.map((length) => (length === undefined ? '…' : length ?? '')).join(',');
}

/** As JSON, and as most messages have it. */
export function jsonOf(shape: LayerShape): string {
  return `[${shape.map((length) => (length === undefined ? '…' : String(length))).join(',')}]`;
}

export function isKnown(length: Axis): length is number | null {
  return length !== undefined;
}

/** What is computed of lengths is open where one of them is, and not known where one is not. */
export function computed(lengths: readonly Axis[], compute: (...numbers: readonly number[]) => number): Axis {
  if (lengths.some((length) => length === undefined)) return undefined;
  return lengths.some((length) => length === null) ? null : compute(...lengths as readonly number[]);
}

/** The number of elements, of which none is there where a length is open. */
export function product(lengths: readonly Axis[]): Axis {
  return computed(lengths, (...numbers) => numbers.reduce((all, length) => all * length, 1));
}
