-- What is there as soon as the server looks after a buffer.

if vim.g.loaded_pmta then
  return
end
vim.g.loaded_pmta = true

vim.api.nvim_create_autocmd('LspAttach', {
  group = vim.api.nvim_create_augroup('pmta', {}),
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'pmta' then
      require('pmta.typing').attach(client, event.buf)
    end
  end,
})

vim.api.nvim_create_user_command('PmtaSettings', function(command)
  require('pmta.commands').settings(command.fargs[1], command.bang)
end, { nargs = '?', bang = true, desc = 'Effective settings of DOMAIN/VMTA, or of the section under the cursor' })

vim.api.nvim_create_user_command('PmtaTrace', function(command)
  require('pmta.commands').trace_words(command.fargs)
end, { nargs = '*', desc = 'The way of a message: FROM TO [source=IP] [listener=IP:PORT] [user=NAME]' })
