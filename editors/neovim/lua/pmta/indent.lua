--- How far a line is indented: one step deeper than the section that it stands in.

local M = {}

--- Whether a line begins a section and does not end it.
---@param line string
local function opens(line)
  return line:find('^%s*<%a') ~= nil and not line:find('</') and not line:find('/>%s*$')
end

--- The indentation of the line `v:lnum`, for 'indentexpr'.
function M.expression()
  local above = vim.fn.prevnonblank(vim.v.lnum - 1)
  if above == 0 then
    return 0
  end
  local indent = vim.fn.indent(above)
  if opens(vim.fn.getline(above)) then
    indent = indent + vim.fn.shiftwidth()
  end
  if vim.fn.getline(vim.v.lnum):find('^%s*</') then
    indent = indent - vim.fn.shiftwidth()
  end
  return math.max(indent, 0)
end

return M
