//! Random texts made of pieces that matter to the scanner.

/// Xorshift: the same seed gives the same tests everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap();
        usize::try_from((self.next() >> 11).checked_rem(limit).unwrap()).unwrap()
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

/// Lines of configurations, right and wrong.
const LINES: &[&str] = &[
    "<virtual-mta v1>",
    "</virtual-mta>",
    "<domain *>",
    "<domain $isp.$tld>",
    "</domain>",
    "<domain a, b>",
    "<source 0/0>  # all",
    "</source>",
    "<pattern-list p>",
    "<pattern-list>",
    "</pattern-list>",
    "  mail-from /re x/ <pattern-list>",
    "<smtp-pattern-list p>",
    "</smtp-pattern-list>",
    "  reply /^4\\.2\\/x/ mode=backoff",
    "  /spam|x/i spam-related",
    "  // other",
    "  /unclosed here",
    "<bounce-category-patterns >",
    "</bounce-category-patterns>",
    "<acct-file |/opt/x \"a b\">",
    "<acct-file \"c:\\my x\\a.csv\">",
    "</acct-file>",
    "  max-msg-rate 100/h",
    "  max-size 50M",
    "  retry-after 10m,1h,1w2d",
    "  smtp-source-host 192.0.2.10 mta1.example.com",
    "  smtp-hosts [10.1.0.2]:25,lookup-mx:x;[IPv6:2001:db8::1]",
    "  dkim-sign yes",
    "  use-starttls false # c",
    "domain-macro isp yahoo, $more,",
    "   aol,gmail, # c",
    "domain-macro tld",
    "com, net",
    "dkim-sign domain=\"x\" \\",
    "   key-file=\"y\"",
    "include /etc/pmta/*.txt",
    "custom-dsn-from-header \"Postmaster <a@b>\"",
    "command \"a \\\"b # c\\\" $user\"",
    "password \"open",
    "# comment",
    "   # indented comment",
    "; semicolon",
    "<!-- xml -->",
    "<!-- xml",
    "more -->",
    "!-- broken -->",
    "domain gmail.com {",
    "virtual-mta x {",
    "}",
    "{ mx-rollup gmail.com }",
    "name arg { a b; }",
    "{",
    "};",
    "listener smtp0",
    "smtp-service 25",
    "end",
    "end listener",
    "domain example.com",
    "    indented yes",
    "  indented 2",
    "vmta a",
    "key = value;",
    "key=\"value\"",
    "auth mech = [\"A\", \"B\"];",
    "<domain gmail.com> max-msg-rate 100/s <!-- x --> retry-after 10m </domain>",
    "<max-smtp-out>10</max-smtp-out> x",
    "<virtual-mta name=\"x\" />",
    "<pool name=\"txn\" mode=a,b>",
    "</vmta>",
    "</vitual-mta>",
    "</>",
    "</limits>",
    "<limits>",
    "<powermta>",
    "</powermta>",
    "&lt;domain x&gt;",
    "&lt;/domain&gt; y",
    "{% if x %}",
    "{{ name }} # c",
    "{{ name }} rest",
    "<?php echo 1; ?>",
    "<% x %>",
    "\"quoted\" line </domain>",
    "= x",
    "...",
    "{pickup} x",
    "mail-from <> *@x",
    "x <a@b.c> y",
    "<domain x",
    "</domain",
    "<domain x </domain>",
    "<email-patterns>",
    "<address-list>",
    "<bounce-processor>",
    "<feedback\u{2011}loop-processor>",
    "Use code with caution.",
    "",
    "   ",
];

/// Short strings that mean something in places.
const SNIPPETS: &[&str] = &[
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "#",
    "\"",
    "\\",
    "/",
    "{",
    "}",
    " {",
    " }",
    "[",
    "]",
    "=",
    " = ",
    ",",
    ";",
    "$",
    "$x",
    "&lt;",
    "&gt;",
    "end",
    "\nend\n",
    "{%",
    "%}",
    "{{",
    "}}",
    "<?",
    "?>",
    "domain",
    "virtual-mta",
    "<domain x>",
    "</domain>",
    "<virtual-mta v>",
    "</virtual-mta>",
    "<x>",
    "</x>",
    "<x/>",
    " <x />",
    "x y",
    "yes",
    "10m",
    "100/h",
    "10.1/16",
    "::1",
    "key=",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "\u{2011}",
    "é",
    "漢",
    "\0",
    "domain-macro",
    "listener a",
    "smtp-service 2",
    "pattern-list",
    "<pattern-list>",
    "address-list",
    "/a b/i ",
    "\\/",
    "\\\"",
    "\\\n",
    " \\\n",
    ",\n",
    "    ",
    "!--",
    "@",
    "-",
    "_",
    "*",
    "a",
    "1",
    "<domain",
    "</domain",
    ">\n",
];

/// One to `limit` lines, with their ends.
pub(crate) fn lines(random: &mut Random, limit: usize) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..random.below(limit).max(1) {
        if random.below(5) == 0 {
            text.extend_from_slice(b"  ");
        }
        text.extend_from_slice(random.pick(LINES).as_bytes());
        match random.below(20) {
            0 => text.extend_from_slice(b"\r\n"),
            1 => text.push(b'\r'),
            2 => text.push(b' '),
            _ => text.push(b'\n'),
        }
    }
    text
}

/// A short text: a snippet, a line, or a byte of any value.
pub(crate) fn snippet(random: &mut Random) -> Vec<u8> {
    match random.below(10) {
        0 => vec![u8::try_from(random.below(256)).unwrap()],
        1 => random.pick(LINES).as_bytes().to_vec(),
        2 => {
            let mut text = random.pick(LINES).as_bytes().to_vec();
            text.push(b'\n');
            text
        }
        _ => random.pick(SNIPPETS).as_bytes().to_vec(),
    }
}

/// Snippets one after the other.
pub(crate) fn snippets(random: &mut Random, limit: usize) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..random.below(limit) {
        text.extend(snippet(random));
    }
    text
}

/// Bytes of any value.
pub(crate) fn bytes(random: &mut Random, limit: usize) -> Vec<u8> {
    (0..random.below(limit))
        .map(|_| u8::try_from(random.below(256)).unwrap())
        .collect()
}
