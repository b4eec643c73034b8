// The names of texts that the server makes: each says what to ask the server for.
'use strict';

const SCHEME = 'pmta-ls';

/**
 * @typedef {{ title: string, command: string, arguments?: unknown[] }} Asked
 */

/**
 * @param {Asked} asked
 * @returns {{ scheme: string, path: string, query: string }}
 */
function viewUri({ title, command, arguments: args = [] }) {
  // A slash would make folders of the title, of which an editor shows the last part only.
  const path = `/${title.replaceAll('/', '\u2215')}.txt`;
  return { scheme: SCHEME, path, query: JSON.stringify({ command, arguments: args }) };
}

/**
 * What to ask the server for.
 *
 * @param {string} query
 * @returns {{ command: string, arguments: unknown[] }}
 */
function askedBy(query) {
  return JSON.parse(query);
}

module.exports = { SCHEME, askedBy, viewUri };
