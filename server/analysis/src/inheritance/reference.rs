//! Effective settings once more: slowly, plainly, and with nothing taken from the code that is tested.
//!
//! It reads the text line by line and knows only what the random deployments hold: macros, VirtualMTAs,
//! pools, domains with single-valued settings, and lists of mail servers.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

/// A `<domain>` section.
#[derive(Clone, Debug)]
struct DomainSection {
    /// `mta NAME`, `pool NAME`, or empty at the top level.
    owner: String,
    pattern: String,
    settings: Vec<(String, String)>,
}

/// The name of the queue into which mail for a domain goes.
pub(super) fn queue(text: &str, domain: &str, virtual_mta: &str) -> String {
    match value(text, domain, virtual_mta, "queue-to") {
        Some(name) if !name.is_empty() => name,
        _ => domain.to_owned(),
    }
}

/// The patterns of mail servers that may lead mail of a queue elsewhere, each with where to.
pub(super) fn rollups(text: &str, queue: &str, virtual_mta: &str) -> Vec<(String, String)> {
    let setting = |name| value(text, queue, virtual_mta, name).unwrap_or_default();
    let is_routed = !setting("smtp-hosts").is_empty();
    if queue.ends_with(".rollup") || setting("disable-mx-rollup") == "yes" || is_routed {
        return Vec::new();
    }
    let lines = text.lines().filter_map(|line| line.strip_prefix("mx "));
    let pairs = lines.map(|line| line.split_once(' ').unwrap());
    pairs
        .map(|(one, other)| (one.to_owned(), other.to_owned()))
        .collect()
}

/// The value of a setting for a queue; none if no line sets it.
pub(super) fn value(text: &str, domain: &str, virtual_mta: &str, setting: &str) -> Option<String> {
    let (sections, macros, pools) = read(text);
    // From the weakest to the strongest: whatever comes later replaces what came before.
    let mut value = None;
    for owners in weakest_to_strongest(virtual_mta, &pools) {
        for set in sets_from_broad_to_narrow(domain) {
            for is_macro in [true, false] {
                for section in &sections {
                    let has_macro = section.pattern.contains('$');
                    if section.owner != owners || has_macro != is_macro {
                        continue;
                    }
                    let names_it = expand(&section.pattern, &macros)
                        .iter()
                        .any(|one| one.eq_ignore_ascii_case(&set));
                    if !names_it {
                        continue;
                    }
                    for (name, given) in &section.settings {
                        if name == setting {
                            value = Some(given.clone());
                        }
                    }
                }
            }
        }
    }
    value.map(|value| value.trim_matches('"').to_owned())
}

/// The owners of sections that count for a VirtualMTA.
fn weakest_to_strongest(virtual_mta: &str, pools: &[(String, Vec<String>)]) -> Vec<String> {
    let mut owners = vec![String::new()];
    for (pool, members) in pools.iter().rev() {
        if members.iter().any(|member| member == virtual_mta) {
            owners.push(format!("pool {pool}"));
        }
    }
    owners.push(format!("mta {virtual_mta}"));
    owners
}

/// All ways to write a set that the domain is in.
fn sets_from_broad_to_narrow(domain: &str) -> Vec<String> {
    let mut sets = vec!["*".to_owned()];
    let labels: Vec<&str> = domain.split('.').collect();
    for count in 1..labels.len() {
        let parent = labels[labels.len() - count..].join(".");
        sets.push(format!("[*.]{parent}"));
        sets.push(format!("*.{parent}"));
    }
    sets.push(format!("[*.]{domain}"));
    sets.push(domain.to_owned());
    sets
}

/// All that a pattern with macros stands for.
fn expand(pattern: &str, macros: &[(String, Vec<String>)]) -> Vec<String> {
    let Some(at) = pattern.find('$') else {
        return vec![pattern.to_owned()];
    };
    let rest = &pattern[at + 1..];
    let length = rest
        .chars()
        .take_while(|sign| sign.is_ascii_alphanumeric())
        .count();
    let mut all = Vec::new();
    for (name, items) in macros {
        if *name == rest[..length] {
            for item in items {
                let expanded = format!("{}{item}{}", &pattern[..at], &rest[length..]);
                all.extend(expand(&expanded, macros));
            }
        }
    }
    all
}

type Lists = Vec<(String, Vec<String>)>;

/// The `<domain>` sections, the macros and the pools of a text.
fn read(text: &str) -> (Vec<DomainSection>, Lists, Lists) {
    let (mut sections, mut macros, mut pools) = (Vec::new(), Lists::new(), Lists::new());
    let mut owner = String::new();
    let mut open: Option<DomainSection> = None;
    for line in text.lines().map(str::trim) {
        let argument = |tag: &str| {
            let inside = line.strip_prefix(tag)?.strip_suffix('>')?;
            Some(inside.to_owned())
        };
        if let Some(name) = argument("<virtual-mta-pool ") {
            pools.push((name.clone(), Vec::new()));
            owner = format!("pool {name}");
        } else if let Some(name) = argument("<virtual-mta ") {
            owner = format!("mta {name}");
        } else if let Some(pattern) = argument("<domain ") {
            open = Some(DomainSection {
                owner: owner.clone(),
                pattern,
                settings: Vec::new(),
            });
        } else if line == "</domain>" {
            sections.extend(open.take());
        } else if line.starts_with("</") {
            owner.clear();
        } else if let Some((name, value)) = line.split_once(' ') {
            match &mut open {
                Some(section) => section.settings.push((name.to_owned(), value.to_owned())),
                None if name == "virtual-mta" => {
                    pools.last_mut().unwrap().1.push(value.to_owned());
                }
                None if name == "domain-macro" => {
                    let (name, items) = value.split_once(' ').unwrap();
                    let items = items.split(',').map(|item| item.trim().to_owned());
                    macros.push((name.to_owned(), items.collect()));
                }
                None => {}
            }
        }
    }
    (sections, macros, pools)
}
