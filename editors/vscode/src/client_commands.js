// Tells the server which commands it may put behind lenses and actions.
'use strict';

const { COMMAND: SHOW_REFERENCES } = require('./show_references');
const { SHOW: SHOW_VIEW } = require('./views');

const clientCommands = {
  fillClientCapabilities(capabilities) {
    const commands = { commands: [SHOW_REFERENCES, SHOW_VIEW] };
    capabilities.experimental = { ...capabilities.experimental, commands };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};

module.exports = { clientCommands };
