// Says what came of fixing all files.

import * as vscode from 'vscode';
import type { ExecuteCommandMiddleware } from 'vscode-languageclient';

const COMMAND = 'pmta-ls.fixAll';

/** Shows the sentence with which the server answers. */
export const tellWhatWasFixed: NonNullable<ExecuteCommandMiddleware['executeCommand']> = async (
  command,
  parameters,
  next,
) => {
  const answer = (await next(command, parameters)) as { text?: string } | null | undefined;
  if (command === COMMAND && answer?.text) {
    vscode.window.showInformationMessage(answer.text);
  }
  return answer;
};
