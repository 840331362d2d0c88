export const help = `Finds where gradients die in TensorFlow.js code, proves it, and shows the path.

Usage
  eslint-plugin-tensor [options] [paths]
  eslint-plugin-tensor [options] --stdin [--stdin-filename FILE]
  eslint-plugin-tensor explain [--format FORMAT] FILE:LINE
  eslint-plugin-tensor coverage [--format FORMAT] [paths]

Checks files, folders and patterns ('src/**/*.ts'), the current folder if none is named. Needs no
configuration: it uses the nearest tsconfig.json where there is one, and none where there is none.

Options
      --strict            also warn about what is suspicious but not proven to be wrong
      --rule NAME         check only this rule; may be repeated
      --fix               apply the quick fix of each finding that has one
  -f, --format FORMAT     pretty (default), stylish, json, sarif or github
  -o, --output-file FILE  write the report into a file
      --stdin             check the text from the standard input
      --stdin-filename F  the file in whose place that text stands
      --max-warnings N    more than N warnings are a failure
  -h, --help              print this
  -v, --version           print the version

explain draws the gradient-flow graph of the gradient scope on, or around, a line: sources,
operations, the target, and the place where a gradient is cut.
  -f, --format FORMAT     text (default), svg, html, mermaid or dot
  -o, --output-file FILE  write the drawing into a file

coverage lists the gradient scopes of the paths: what becomes of each source, whether that could be
decided, and what hides it where it could not.
  -f, --format FORMAT     text (default) or json
  -o, --output-file FILE  write the list into a file

Exit codes
  0  no findings, or warnings only; explain and coverage: it was said
  1  findings, or more warnings than allowed
  2  could not run; a sentence says why

NO_COLOR and FORCE_COLOR are respected. Rules and guides: docs/ in the package's repository.
`;
