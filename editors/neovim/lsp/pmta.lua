---@brief
---
--- pmta-ls, the language server for PowerMTA configuration.
---
--- `vim.lsp.enable('pmta')` starts it for files of type `pmta` and for `pmta-ls.toml`. The program is
--- `pmta-ls` on `PATH`, or what the environment variable `PMTA_LS_PATH` names;
--- `vim.lsp.config('pmta', { cmd = { ... } })` overrides both.

local pmta = require('pmta')

---@type vim.lsp.Config
return vim.tbl_extend('error', pmta.config(), {
  filetypes = pmta.filetypes,
  root_dir = function(buffer, start)
    if pmta.is_served(buffer) then
      start(pmta.root(buffer))
    end
  end,
})
