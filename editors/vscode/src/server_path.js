// Where the server is: setting, environment, PATH.
'use strict';

const path = require('node:path');

const PROGRAM = 'pmta-ls';

/**
 * The program to start.
 *
 * @param {string | undefined} setting what `pmta-ls.path` says
 * @param {Record<string, string | undefined>} env
 * @param {string} home the folder that `~` stands for
 * @returns {{ command: string, from: string }} the program, and what names it
 */
function serverPath(setting, env, home) {
  const wanted = setting?.trim();
  if (wanted) {
    return { command: expandHome(wanted, home), from: 'the setting pmta-ls.path' };
  }
  const named = env.PMTA_LS_PATH?.trim();
  if (named) {
    return { command: expandHome(named, home), from: 'the environment variable PMTA_LS_PATH' };
  }
  return { command: PROGRAM, from: 'PATH' };
}

/**
 * @param {string} file
 * @param {string} home
 */
function expandHome(file, home) {
  return /^~[/\\]/.test(file) ? path.join(home, file.slice(2)) : file;
}

module.exports = { serverPath };
