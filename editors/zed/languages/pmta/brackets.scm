("<" @open ">" @close)
("</" @open ">" @close)
(section open: (start_tag) @open close: (end_tag) @close)
("{" @open (brace_close) @close)
