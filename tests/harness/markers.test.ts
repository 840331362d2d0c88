import { describe, expect, it } from 'vitest';

import { parseMarkers } from './markers.ts';

/** Marker columns must stand in the test as they stand in a fixture. */
const fixture = (...lines: string[]): string => lines.join('\n');

const parse = (...lines: string[]) => parseMarkers(fixture(...lines)).map(({ at: _at, source: _source, ...report }) => report);

describe('markers', () => {
  it('mark columns of the code line above', () => {
    expect(
      parse(
        '  const loss = tf.tensor(x.dataSync());', //
        '  //                     ~~~~~~~~~~~~ [host-read] Off the tape.',
      ),
    ).toEqual([
      { line: 1, column: 26, endColumn: 38, continues: false, rule: 'host-read', message: 'Off the tape.', suggestions: [] },
    ]);
  });

  it('stand under each other, for several reports on a line', () => {
    expect(
      parse(
        'f(alpha, beta);', //
        '// ~~~~~ [rule] One.',
        '//       ~~~~ [rule] Two.',
      ).map(({ line, column, message }) => ({ line, column, message })),
    ).toEqual([
      { line: 1, column: 4, message: 'One.' },
      { line: 1, column: 10, message: 'Two.' },
    ]);
  });

  it('count lines of the file, other markers included', () => {
    const [first, second] = parseMarkers(
      fixture(
        '// a comment', //
        '  first();',
        '  // ~~~ [rule] One.',
        '  second();',
        '  // ~~~ [rule] Two.',
      ),
    );
    expect(first).toMatchObject({ line: 2, at: 3 });
    expect(second).toMatchObject({ line: 4, at: 5 });
  });

  it('include the slashes where nothing separates them from the underline', () => {
    expect(parse('minimize();', '//~~~~~~ [rule] All.')).toMatchObject([{ column: 1, endColumn: 9 }]);
    expect(parse('(minimize());', ' //~~~~~~ [rule] All.')).toMatchObject([{ column: 2, endColumn: 10 }]);
  });

  it('name columns that no underline reaches', () => {
    expect(parse('f();', '// @1-1 [rule] Short.')).toMatchObject([{ column: 1, endColumn: 2, continues: false }]);
    expect(parse('f(', '// @1-2> [rule] Short.', ');')).toMatchObject([{ column: 1, endColumn: 3, continues: true }]);
  });

  it('say that a range goes on in later lines', () => {
    expect(parse('minimize(() => {', '//~~~~~~~~~~~~~~> [rule] Long.', '});')).toMatchObject([
      { column: 1, endColumn: 17, continues: true },
    ]);
  });

  it('go on in lines that begin with an ellipsis', () => {
    expect(parse('  f();', '// ~~~ [rule] One', '//     … two', '//     … three.', '// … no.')).toMatchObject([
      { message: 'One\ntwo\nthree.\nno.' },
    ]);
  });

  it('show suggestions by the lines that result', () => {
    expect(
      parse('   f();', '// ~~~ [rule] One.', '//     suggest: g();', '//     suggest (Use `h(x)` (it is better)): h(', '//     … );'),
    ).toMatchObject([
      {
        message: 'One.',
        suggestions: [
          { description: undefined, result: 'g();' },
          { description: 'Use `h(x)` (it is better)', result: 'h(\n);' },
        ],
      },
    ]);
  });

  it('are no other comments', () => {
    expect(parse('f(); // ~~~ [rule] One.', '// … and so on', '// suggest: nothing', '// ~5 epochs', '// [rule] One.')).toEqual([]);
  });

  it('must be complete', () => {
    expect(() => parse('f();', '// ~~~ [rule]')).toThrow('Line 2: this looks like a marker, but is none: // ~~~ [rule]');
    expect(() => parse('f();', '// ~~~ rule: message')).toThrow('looks like a marker');
    expect(() => parse('// ~~~ [rule] One.')).toThrow('Line 1: this marker has no code above it.');
  });
});
