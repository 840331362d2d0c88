import type { Marker } from './markers.ts';
import type { Report, Suggestion } from './report.ts';

export interface Comparison {
  readonly matched: ReadonlyMap<Report, Marker>;
  /** Markers without their report. */
  readonly missing: readonly Marker[];
  /** Reports without a marker. */
  readonly unexpected: readonly Report[];
}

/** Pairs each report with a marker that expects it. */
export function compare(markers: readonly Marker[], reports: readonly Report[]): Comparison {
  const missing = new Set(markers);
  const matched = new Map<Report, Marker>();
  const unexpected: Report[] = [];
  for (const report of reports) {
    const marker = [...missing].find((candidate) => expects(candidate, report));
    if (marker) {
      missing.delete(marker);
      matched.set(report, marker);
    } else {
      unexpected.push(report);
    }
  }
  return { matched, missing: [...missing], unexpected };
}

function expects(marker: Marker, report: Report): boolean {
  return (
    marker.line === report.line &&
    marker.column === report.column &&
    marker.endColumn === report.endColumn &&
    marker.continues === report.continues &&
    marker.rule === report.rule &&
    pattern(marker.message, 'prefix').test(plain(report.message)) &&
    marker.suggestions.length === report.suggestions.length &&
    marker.suggestions.every((suggestion, index) => expectsSuggestion(suggestion, report.suggestions[index]!))
  );
}

function expectsSuggestion(expected: Suggestion, actual: Suggestion): boolean {
  return (
    (expected.description === undefined || expected.description === actual.description) &&
    pattern(expected.result, 'whole').test(plain(actual.result))
  );
}

/** `…` stands for any text; where lines break and how they are indented does not count. */
function pattern(text: string, extent: 'prefix' | 'whole'): RegExp {
  const source = plain(text)
    .split('…')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`))
    .join('.*');
  return new RegExp(`^${source}${extent === 'whole' ? '$' : ''}`, 'u');
}

function plain(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
