---@brief
---
--- pmta-ls, the language server for PowerMTA configuration.
---
--- `vim.lsp.enable('pmta')` starts it for files of type `pmta`. The program is `pmta-ls` on `PATH`, or
--- what the environment variable `PMTA_LS_PATH` names; `vim.lsp.config('pmta', { cmd = { ... } })`
--- overrides both.

---@type vim.lsp.Config
return {
  cmd = { vim.env.PMTA_LS_PATH or 'pmta-ls', 'lsp' },
  filetypes = { 'pmta' },
  root_markers = { 'pmta-ls.toml', { 'config', 'config.dat', 'pmta.conf' }, '.git' },
}
