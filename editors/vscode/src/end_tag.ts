// Which end tag a start tag lacks.

const START = /^\s*<([A-Za-z][\w-]*)(?:\s[^<>#]*)?(?<!\/)>\s*(?:#.*)?$/;
const TAG = /^\s*<(\/?)([A-Za-z][\w-]*)/;

/**
 * The end tag that belongs below a line; none if the line is no start tag or its section is closed.
 *
 * A section does not stand in one of its own kind, so the next tag of that name decides: if it is an
 * end tag, it is ours.
 *
 * @param line the line of the start tag
 * @param textOf the text of a line
 */
export function missingEndTag(
  line: number,
  lineCount: number,
  textOf: (line: number) => string,
): string | undefined {
  const name = START.exec(textOf(line))?.[1];
  if (!name) {
    return undefined;
  }
  for (let below = line + 1; below < lineCount; below++) {
    const tag = TAG.exec(textOf(below));
    if (tag?.[2]?.toLowerCase() === name.toLowerCase()) {
      return tag[1] ? undefined : `</${name}>`;
    }
  }
  return `</${name}>`;
}
