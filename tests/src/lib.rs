//! What the tests share: the corpora and a generator of large configurations.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The root of the workspace.
#[must_use]
pub fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// Our own deployments: always there.
#[must_use]
pub fn deployments() -> PathBuf {
    workspace_root().join("tests/fixtures/deployments")
}

/// The corpus of configurations that nobody here wrote, beside the workspace; not there on every
/// machine.
#[must_use]
pub fn corpus() -> Option<PathBuf> {
    let corpus = workspace_root().parent()?.join("shared/corpus");
    corpus.is_dir().then_some(corpus)
}

/// All configuration files below a folder, sorted, read me files left out.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_none_or(|extension| extension != "md" && extension != "tsv")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The files of every corpus: our deployments and, where it is, the corpus beside the workspace.
#[must_use]
pub fn all_files() -> Vec<PathBuf> {
    let mut files = files_below(&deployments());
    if let Some(corpus) = corpus() {
        files.extend(files_below(&corpus));
    }
    files
}

/// How the lines of a generated configuration are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// VirtualMTAs with nested domains, pools, pattern lists and bounce patterns.
    Nested,
    /// Directives at the top level only.
    Flat,
}

/// A realistic configuration of about `lines` lines, the same for the same arguments.
#[must_use]
pub fn generate(lines: usize, shape: Shape) -> String {
    let mut text = String::with_capacity(lines.saturating_mul(36));
    let mut written: usize = 0;
    let mut number: usize = 0;
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
    let last = number % 250;
    let _ = writeln!(block, "# customer {number}");
    let _ = writeln!(block, "<virtual-mta mta{number}>");
    let _ = writeln!(
        block,
        "    smtp-source-host 192.0.2.{last} mta{number}.example.com"
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
    }
    block
}
