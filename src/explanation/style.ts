/** How the picture looks, on light and on dark paper. Everything is below a class, for the picture may stand in a page that has texts and lines of its own. */
import { colours } from './colours.ts';
import type { Current } from './graph.ts';

export const currents = ['live', 'cut', 'severed', 'data'] as const satisfies readonly Current[];

const em = 13;

const sans = 'ui-sans-serif,system-ui,sans-serif';
const mono = 'ui-monospace,SFMono-Regular,Menlo,monospace';

type Rules = readonly (readonly [selector: string, declarations: string])[];

const always: Rules = [
  ['text', `font:${String(em)}px ${sans};text-anchor:middle`],
  ['.label', `font:600 ${String(em)}px ${mono}`],
  ['.small', 'font-size:11px'],
  ['.cause text', 'font-size:12px;font-weight:600'],
  ['.legend text', 'font-size:12px;text-anchor:start'],
  ['.node rect', 'stroke-width:1.2'],
  ['.target rect', 'stroke-width:2'],
  ['.unknown rect', 'stroke-dasharray:2 3'],
  ['.before rect', 'stroke-dasharray:5 4'],
  ['path', 'fill:none;stroke-width:1.6'],
  ['.live-edge', 'stroke-width:2.4'],
  ['.cut-edge', 'stroke-width:2;stroke-dasharray:6 4'],
  ['.severed-edge', 'stroke-dasharray:6 4'],
  ['.data-edge', 'stroke-dasharray:2 3'],
  ...currents.flatMap((current): Rules => [[`.${current}-edge`, `stroke:${colours[current]}`], [`.${current}-head`, `fill:none;stroke:${colours[current]}`]]),
  ['.live-head', `fill:${colours.live};stroke:none`],
  ['.cut-head', 'stroke-width:2'],
  ['.cause rect', `stroke:${colours.cut}`],
];

export const light = css([
  ['.paper', 'fill:#fff'],
  ['text', 'fill:#1d2129'],
  ['.small,.legend text', 'fill:#5b626d'],
  ['.rule', 'stroke:#e3e6ea'],
  ['.node rect', 'fill:#f4f6f8;stroke:#8a8f98'],
  ['.source rect', 'fill:#e6f2ff;stroke:#3b7dd8'],
  ['.target rect', 'fill:#f3eafd;stroke:#8a54d1'],
  ['.data rect', 'fill:none;stroke:none'],
  ['.read rect', 'fill:#fdf3e3;stroke:#c98a1b'],
  ['.severed-source rect', `fill:#fdeceb;stroke:${colours.cut}`],
  ['.cause rect', 'fill:#fff5f4'],
  ['.cause text', 'fill:#b5322b'],
]);

export const dark = css([
  ['.paper', 'fill:#15181d'],
  ['text', 'fill:#e6e9ee'],
  ['.small,.legend text', 'fill:#a2a9b4'],
  ['.rule', 'stroke:#2c323a'],
  ['.node rect', 'fill:#23282f;stroke:#6b727d'],
  ['.source rect', 'fill:#17293f;stroke:#4f8fe6'],
  ['.target rect', 'fill:#2a1f3b;stroke:#9a6ae0'],
  ['.data rect', 'fill:none;stroke:none'],
  ['.read rect', 'fill:#33290f;stroke:#c98a1b'],
  ['.severed-source rect', `fill:#3b1b1a;stroke:${colours.cut}`],
  ['.cause rect', 'fill:#2b1716'],
  ['.cause text', 'fill:#ff8a83'],
]);

export const shared = css(always);

/** Light or dark as the reader's screen. */
export const asScreen = `${shared}${light}@media(prefers-color-scheme:dark){${dark}}`;

function css(rules: Rules): string {
  return rules.map(([selector, declarations]) => `${selector.split(',').map((each) => `.gradient-flow ${each}`).join(',')}{${declarations}}`).join('');
}
