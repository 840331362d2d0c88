/** The picture on a page, with the verdicts in words. */
import { colours } from './colours.ts';
import type { Draw } from './drawing.ts';
import { escaped, picture } from './svg.ts';
import { placeOf, verdictText } from './words.ts';

const style = `
:root{color-scheme:light dark}body{font:15px/1.5 ui-sans-serif,system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
h1{font-size:1.25rem}code,th{font-family:ui-monospace,SFMono-Regular,Menlo,monospace}th{text-align:left;padding-right:1rem;vertical-align:top}
figure{margin:1.5rem 0;overflow:auto}svg{max-width:none}.key span{margin-right:1.5rem}.key i{display:inline-block;width:2rem;border-top:3px;margin-right:.4rem;vertical-align:middle}
`.replaceAll('\n', '');

const key = [
  ['live', 'solid', 'the gradient comes back'], ['cut', 'dashed', 'it is cut here'], ['severed', 'dashed', 'nothing comes back, for the path is cut elsewhere'], ['data', 'dotted', 'data, of which no gradient is asked'],
] as const;

export const html: Draw = async (drawing) => {
  const { graph, cwd, sources } = drawing;
  const title = `${graph.scope} ${placeOf(cwd, graph.site)}`;
  const verdicts = [...new Set(graph.verdicts.map((verdict) => `<tr><th>${escaped(verdict.name || 'an argument')}</th><td>${escaped(verdictText(cwd, graph, verdict))}</td></tr>`))];
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
<pre><code>${escaped(sources.line(graph.site.file, graph.site.line).trim())}</code></pre>
<table>${verdicts.join('')}</table>
<figure>${await picture(drawing)}</figure>
<p class="key">${key.map(([current, border, meaning]) => `<span><i style="border-top-style:${border};border-color:${colours[current]}"></i>${meaning}</span>`).join(' ')}</p>
</body>
</html>
`;
};
