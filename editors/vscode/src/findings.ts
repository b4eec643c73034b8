// Counts findings and puts the counts into a sentence.

/** The severities of the protocol: 1 error, 2 warning, 3 information, 4 hint. */
type Severity = 1 | 2 | 3 | 4;

/** What the server reports of the files of a workspace. */
export interface Report {
  items: { uri: string; kind: 'full' | 'unchanged'; items?: { severity?: Severity }[] }[];
}

/** What was found, in a sentence. Hints are not counted: they only fade or shorten. */
export function sentence(report: Report): string {
  const counts = { error: 0, warning: 0, information: 0 };
  let files = 0;
  for (const { items = [] } of report.items) {
    counts.error += count(items, 1);
    counts.warning += count(items, 2);
    counts.information += count(items, 3);
    files += items.some(({ severity = 1 }) => severity < 4) ? 1 : 0;
  }
  const checked = number(report.items.length, 'file');
  if (files === 0) {
    return `Nothing was found in ${checked}.`;
  }
  const told = [
    counts.error && number(counts.error, 'error'),
    counts.warning && number(counts.warning, 'warning'),
    counts.information && number(counts.information, 'remark'),
  ];
  return `${told.filter(Boolean).join(', ')} in ${files} of ${checked}.`;
}

function count(items: { severity?: Severity }[], wanted: Severity): number {
  return items.filter(({ severity = 1 }) => severity === wanted).length;
}

function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
