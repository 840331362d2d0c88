/** The picture on a page, with the code of the scope and the verdicts in words. */
import type { Draw, Drawing } from './drawing.ts';
import { sentenceOf, words } from './obstacles.ts';
import { asScreen } from './style.ts';
import { escaped, picture } from './svg.ts';
import { judged, placeOf, signs, verdictText, verdictsOf } from './words.ts';

/** The paper of the picture is the page's. */
const style = `
:root{color-scheme:light dark}body{font:15px/1.5 ui-sans-serif,system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1d2129;background:#fff}
h1{font-size:1.25rem}pre,code,th{font-family:ui-monospace,SFMono-Regular,Menlo,monospace}
pre{overflow:auto;padding:.8rem 1rem;border-radius:8px;background:#f4f6f8;font-size:13px;tab-size:2}pre i{font-style:normal;color:#8a8f98;user-select:none}
table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0}td:first-child{padding-left:.7rem;font-weight:700}th{word-break:keep-all}
tr{border-left:4px solid #8a8f98;border-bottom:4px solid #fff}.connected{border-left-color:#2e9e5b}.connected td:first-child{color:#2e9e5b}
.severed,.unused{border-left-color:#d6453d;background:#fdeceb}.severed td:first-child,.unused td:first-child,.severed th,.unused th{color:#b5322b}
.not-asked,.unknown{color:#5b626d}figure{margin:1.5rem 0;overflow:auto}
@media(prefers-color-scheme:dark){body{color:#e6e9ee;background:#15181d}pre{background:#1d2127}tr{border-bottom-color:#15181d}.severed,.unused{background:#2b1716}.severed td:first-child,.unused td:first-child,.severed th,.unused th{color:#ff8a83}.not-asked,.unknown{color:#a2a9b4}}
`.replaceAll('\n', '');

export const html: Draw = async (drawing) => {
  const { graph, cwd } = drawing;
  const title = `${graph.scope} ${placeOf(cwd, graph.site)}`;
  const verdicts = verdictsOf(graph).map((verdict) => {
    const fate = judged(graph, verdict);
    return `<tr class="${fate}"><td>${signs[fate]}</td><th>${escaped(verdict.name || 'an argument')}</th><td>${escaped(verdictText(cwd, graph, verdict))}</td></tr>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gradient flow: ${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>Gradient flow of <code>${escaped(title)}</code></h1>
<pre><code>${snippet(drawing).join('\n')}</code></pre>
<table>${verdicts.join('')}</table>${whyNot(drawing)}
<figure>${await picture(drawing, asScreen)}</figure>
</body>
</html>
`;
};

/** What keeps the scope from being followed to its end, as the coverage says it. */
function whyNot({ graph, cwd }: Drawing): string {
  if (graph.obstacles.length === 0) return '';
  const lines = graph.obstacles.map((obstacle) => `<li><code>${escaped(placeOf(cwd, obstacle.site))}</code>: ${escaped(sentenceOf(obstacle))}; what helps: ${escaped(words[obstacle.kind].help)}</li>`);
  return `\n<p>It could not be followed to its end:</p>\n<ul>${lines.join('')}</ul>`;
}

/** All lines of the scope, with their numbers, moved to the left as far as they go. */
function snippet({ graph, sources }: Drawing): readonly string[] {
  const { start, end } = sources.range(graph.site);
  const lines = Array.from({ length: end.line - start.line + 1 }, (_, index) => sources.line(graph.site.file, start.line + index));
  const indents = lines.filter((text) => text.trim() !== '').map((text) => text.length - text.trimStart().length);
  const indent = Math.min(...indents);
  const digits = String(end.line).length;
  return lines.map((text, index) => `<i>${String(start.line + index).padStart(digits)}  </i>${escaped(text.slice(indent))}`);
}
