// What the status bar says about the server.

import type { Health } from './server';

/** What is shown. */
export interface Appearance {
  text: string;
  /** Markdown with links to commands. */
  tooltip: string;
  isAlarming: boolean;
}

const COMMANDS =
  '[Check the workspace](command:pmta-ls.checkWorkspace) · ' +
  '[Restart](command:pmta-ls.restart) · [Log](command:pmta-ls.showLog)';

export function appearance(health: Health): Appearance {
  const shown = (text: string, about: string, isAlarming = false): Appearance => ({
    text,
    tooltip: `${about}\n\n${COMMANDS}`,
    isAlarming,
  });
  switch (health.is) {
    case 'starting':
      return shown('$(sync~spin) pmta-ls', 'The PowerMTA language server starts.');
    case 'running': {
      const { version, command, from } = health.server;
      return shown(`$(check) pmta-ls ${version}`, `pmta-ls ${version} runs: \`${command}\` (from ${from}).`);
    }
    case 'stopped':
      return shown('$(circle-slash) pmta-ls', 'The PowerMTA language server does not run.');
    case 'failed':
      return shown('$(error) pmta-ls', `The PowerMTA language server does not run. ${health.reason}`, true);
  }
}
