/** How findings are mended in the text that is linted. */
import type { TSESTree } from '@typescript-eslint/utils';

import type { Mend } from '../../judgements/mend.ts';
import type { Site } from '../../program/ir.ts';
import type { Linted } from '../linted.ts';
import { defineBefore } from './define-before.ts';
import type { Offer, Source } from './edit.ts';
import { assign, reduce, train } from './expressions.ts';
import { hold } from './hold.ts';
import { moveInside } from './move-inside.ts';
import { nodeAt } from './syntax.ts';

export type { Offer } from './edit.ts';

/** `range`: the place of the finding. Lines end as the others of the text do. */
export function offerFor(source: Source, text: Linted, range: TSESTree.Range, mend: Mend): Offer | undefined {
  const offer = written(source, text, range, mend);
  if (offer === undefined || !/^[^\n]*\r\n/u.test(source.text)) return offer;
  return { ...offer, edits: offer.edits.map((edit) => ({ ...edit, text: edit.text.replaceAll(/\r?\n/gu, '\r\n') })) };
}

function written(source: Source, { rangeOf, uses }: Linted, range: TSESTree.Range, mend: Mend): Offer | undefined {
  const at = (site: Site): TSESTree.Node | undefined => {
    const found = rangeOf(site);
    return found && nodeAt(source, found);
  };
  const ranges = (sites: readonly Site[]): TSESTree.Range[] => sites.map(rangeOf).filter((found) => found !== undefined);
  const node = nodeAt(source, range);
  if (node === undefined) return undefined;
  switch (mend.kind) {
    case 'reduce': return reduce(node, mend.method);
    case 'train': return train(source, mend.made.map(at));
    case 'assign': return assign(source, node);
    case 'hold': return hold(source, node, mend);
    case 'define-before': return defineBefore(source, node, ranges(mend.calls));
    case 'move-inside': {
      const callback = at(mend.callback);
      return callback && moveInside(source, callback, mend.values.map(ranges), (name) => uses?.(name) === true);
    }
  }
}
