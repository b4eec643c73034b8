// Tells the server which commands it may put behind lenses and actions.

import type { ClientCapabilities } from 'vscode-languageclient';
import type { StaticFeature } from 'vscode-languageclient/node';
import { COMMAND as SHOW_REFERENCES } from './show_references';
import { SHOW as SHOW_VIEW } from './views';

export const clientCommands: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    const commands = { commands: [SHOW_REFERENCES, SHOW_VIEW] };
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), commands };
  },
  initialize(): void {},
  getState: () => ({ kind: 'static' }),
  clear(): void {},
};
