-- nvim -l query.lua FILE: whether a query fits the grammar.
local file = io.open(arg[1]):read('*a')
local ok, problem = pcall(vim.treesitter.query.parse, 'pmta', file)
if not ok then
  print(('FAIL %s: %s'):format(arg[1], problem))
end
os.exit(ok and 0 or 1)
