//! Large configurations, the same for the same arguments.

use std::fmt::Write as _;

/// How the lines of a generated configuration are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// VirtualMTAs with nested domains, pools, pattern lists, patterns of replies, macros and comments.
    Nested,
    /// Directives at the top level only.
    Flat,
}

impl Shape {
    /// The shape of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "nested" => Some(Self::Nested),
            "flat" => Some(Self::Flat),
            _ => None,
        }
    }
}

/// A realistic configuration, a root without findings, of about `lines` lines, the same for the same arguments.
#[must_use]
pub fn generate(lines: usize, shape: Shape) -> String {
    let mut text = String::with_capacity(lines.saturating_mul(36));
    let mut written: usize = 0;
    let mut number: usize = 0;
    text.push_str(HEAD);
    let mut push = |text: &mut String, block: &str| {
        text.push_str(block);
        written = written.saturating_add(block.matches('\n').count());
        written < lines
    };
    loop {
        number = number.saturating_add(1);
        let block = match shape {
            Shape::Flat => flat_block(number),
            Shape::Nested => nested_block(number),
        };
        if !push(&mut text, &block) {
            return text;
        }
    }
}

/// What begins each configuration.
const HEAD: &str = "\
# Generated configuration.
host-name mail.example.com
postmaster postmaster@example.com
log-file /var/log/pmta/log
smtp-listener 192.0.2.1:25

<source 127.0.0.1>
    always-allow-relaying yes
    smtp-service yes
</source>

<domain *>
    max-smtp-out 20
    bounce-after 4d12h
    retry-after 10m
</domain>

<spool /var/spool/pmta>
</spool>

";

fn flat_block(number: usize) -> String {
    let mut block = String::new();
    let _ = writeln!(block, "relay-domain d{number}.example.com");
    let _ = writeln!(
        block,
        "domain-key s{number},d{number}.example.com,/etc/pmta/keys/d{number}.pem"
    );
    if number.is_multiple_of(10) {
        let _ = writeln!(block, "# batch {number}");
        let _ = writeln!(
            block,
            "domain-macro group{number} d{number}.example.com, e{number}.example.net"
        );
    }
    block
}

fn nested_block(number: usize) -> String {
    let mut block = String::new();
    let _ = writeln!(block, "# customer {number}");
    let _ = writeln!(block, "<virtual-mta mta{number}>");
    let _ = writeln!(
        block,
        "    smtp-source-host 2001:db8::{number:x} mta{number}.example.com"
    );
    let _ = writeln!(
        block,
        "    domain-key s1,d{number}.example.com,/etc/pmta/keys/d{number}.pem"
    );
    for (domain, rate) in [
        ("gmail.com", "500/h"),
        ("yahoo.com", "100/15m"),
        ("*", "unlimited"),
    ] {
        let _ = writeln!(block, "    <domain {domain}>");
        let _ = writeln!(
            block,
            "        max-smtp-out {}    # connections",
            number % 40
        );
        let _ = writeln!(block, "        max-msg-rate {rate}");
        let _ = writeln!(block, "        retry-after 10m,30m,1h");
        let _ = writeln!(block, "        dkim-sign yes");
        let _ = writeln!(block, "    </domain>");
    }
    let _ = writeln!(block, "</virtual-mta>");
    let _ = writeln!(block);
    if number.is_multiple_of(20) {
        let _ = writeln!(block, "<virtual-mta-pool pool{number}>");
        for member in number.saturating_sub(19)..=number {
            let _ = writeln!(block, "    virtual-mta mta{member}");
        }
        let _ = writeln!(block, "</virtual-mta-pool>");
        let _ = writeln!(block, "<pattern-list senders{number}>");
        for member in number.saturating_sub(19)..=number {
            let _ = writeln!(
                block,
                "    mail-from /@d{member}\\.example\\.com$/ virtual-mta=mta{member}"
            );
        }
        let _ = writeln!(block, "</pattern-list>");
        let _ = writeln!(block, "<smtp-pattern-list replies{number}>");
        let _ = writeln!(
            block,
            "    reply /421 .*too many connections {number}/ mode=backoff"
        );
        let _ = writeln!(block, "    reply /450 .*try again later/ skip-mx");
        let _ = writeln!(block, "</smtp-pattern-list>");
        let _ = writeln!(block, "<domain relay{number}.example.net>");
        let _ = writeln!(block, "    smtp-pattern-list replies{number}");
        let _ = writeln!(block, "</domain>");
        let _ = writeln!(block, "<source {{relay{number}}}>");
        let _ = writeln!(block, "    pattern-list senders{number}");
        let _ = writeln!(block, "</source>");
        let _ = writeln!(block, "<smtp-user user{number}>");
        let _ = writeln!(block, "    authentication-method system");
        let _ = writeln!(block, "    source {{relay{number}}}");
        let _ = writeln!(block, "</smtp-user>");
    }
    block
}
