// The names of texts that the server makes: each says what to ask the server for.

export const SCHEME = 'pmta-ls';

/** What the server is asked for. */
export interface Asked {
  command: string;
  arguments: unknown[];
}

/** The parts of a URI. */
export interface ViewUri {
  scheme: string;
  path: string;
  query: string;
}

/** @param title what people see above the text */
export function viewUri(title: string, asked: Asked): ViewUri {
  // A slash would make folders of the title, of which an editor shows the last part only.
  const path = `/${title.replaceAll('/', '\u2215')}.txt`;
  return { scheme: SCHEME, path, query: JSON.stringify(asked) };
}

/** What to ask the server for. */
export function askedBy(query: string): Asked {
  return JSON.parse(query) as Asked;
}
