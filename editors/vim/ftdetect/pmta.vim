" Which files are PowerMTA configuration. Behind what Vim itself takes *.conf and the like for.
autocmd BufNewFile,BufRead * call pmta#detect()
