//! What a value should be, in half a sentence.

use super::{choice, words};
use crate::catalog::{Part, ReferenceKind, ValueKind, ValueSpec};

/// Most words that are named in a message.
const MOST_WORDS: usize = 12;

/// What the spec wants, such as `a duration such as 10m or 4d12h`, for use in a sentence.
#[must_use]
pub fn expected(spec: &ValueSpec) -> String {
    let mut choices = Vec::new();
    if !matches!(spec.kind, ValueKind::Enum) {
        choices.push(kind(spec));
    }
    choices.extend(
        spec.words
            .iter()
            .take(MOST_WORDS)
            .map(|word| format!("`{}`", word.text)),
    );
    let all = or_others(&choices, spec.words.len() > MOST_WORDS);
    match (spec.kind, spec.prefix) {
        (ValueKind::Enum, None) if choices.len() > 1 => format!("one of {all}"),
        (ValueKind::Literal(text), Some(prefix)) => format!("`{prefix}{text}`"),
        (_, Some(prefix)) => format!("`{prefix}` and {all}"),
        _ => all,
    }
}

/// What the kind of the spec is, without the words and the prefix that the spec adds.
pub(super) fn kind(spec: &ValueSpec) -> String {
    let text = match spec.kind {
        ValueKind::Bool => "`yes` or `no`",
        ValueKind::Int => return int(spec),
        ValueKind::Enum => "a word",
        ValueKind::Literal(text) => return format!("`{text}`"),
        ValueKind::Word if spec.pattern.is_some() && !spec.means.is_empty() => {
            return spec.means.split(';').next().unwrap_or_default().to_owned();
        }
        ValueKind::Word => "a word without blanks",
        ValueKind::String => "a text",
        ValueKind::Duration => "a duration such as `10m` or `4d12h`",
        ValueKind::Size => "a size such as `250M`",
        ValueKind::Rate => "a rate such as `500/h` or `100/15m`",
        ValueKind::DataRate => "a data rate such as `10g/2h`",
        ValueKind::DailyLimit => "a limit per day such as `50/day`",
        ValueKind::Ip => "an IP address such as `192.0.2.1` or `2001:db8::5`",
        ValueKind::Cidr => "an address range such as `192.0.2.1` or `10/8`",
        ValueKind::Port => "a port from 0 to 65535",
        ValueKind::HostName => "a host name such as `mail.example.com`",
        ValueKind::DomainName => "a domain such as `example.com`",
        ValueKind::DomainPattern => {
            "a domain, `*`, or a pattern such as `*.example.com` or `[*.]example.com`"
        }
        ValueKind::Email => "a mail address such as `user@example.com`",
        ValueKind::LocalPart => "the left side of a mail address",
        ValueKind::AddressGlob => "an address such as `user@example.com`, `*@example.com` or `<>`",
        ValueKind::Regex => "an expression between slashes such as `/^421 /`",
        ValueKind::HeaderName => "the name of a header field such as `X-Job`",
        ValueKind::Url => "a web address such as `https://example.com/path`",
        ValueKind::OpensslList => "a list of ciphers such as `HIGH:!ADH`",
        ValueKind::VaultPath => "a key in a Vault store such as `{vault}:/v1/keys/data/example:dk`",
        ValueKind::MacroName => "a macro name of letters, digits and underscores",
        ValueKind::MacroItem => "a domain, a part of one, or a macro such as `$tld`",
        ValueKind::RecordField => "a field of accounting records such as `rcpt`",
        ValueKind::Category => "a bounce category such as `bad-mailbox`",
        ValueKind::Ref(kind) => reference(kind),
        ValueKind::Program => "a command line",
        ValueKind::List { item, .. } => return list(item),
        ValueKind::Composite(parts) => return composite(parts),
        ValueKind::AnyOf(alternatives) => {
            let all: Vec<String> = alternatives.iter().take(MOST_WORDS).map(expected).collect();
            return or(&all);
        }
        ValueKind::InlineSection(tag) => return format!("`<{tag}>`"),
    };
    text.to_owned()
}

fn list(item: &'static ValueSpec) -> String {
    match item.kind {
        ValueKind::AnyOf(alternatives) if alternatives.iter().all(choice::is_word_like) => {
            format!("one or more of {}", choice::or_known(alternatives))
        }
        _ => format!("one or more items, each {},", expected(item)),
    }
}

/// The parts that must be there; signs between them are not worth a word.
fn composite(parts: &'static [Part]) -> String {
    let is_sign =
        |part: &Part| matches!(part.value.kind, ValueKind::Literal(text) if !words::is_wordy(text));
    let needed: Vec<&Part> = parts
        .iter()
        .filter(|part| !part.optional && !is_sign(part))
        .collect();
    if let [only] = needed.as_slice() {
        return expected(&only.value);
    }
    let names: Vec<String> = needed
        .iter()
        .map(|part| part.name.replace('-', " "))
        .collect();
    match names.as_slice() {
        [most @ .., last] => format!("a value made of {} and {last}", most.join(", ")),
        [] => "a value".to_owned(),
    }
}

fn int(spec: &ValueSpec) -> String {
    let unit = spec
        .unit
        .map(|unit| format!(" ({unit})"))
        .unwrap_or_default();
    match (spec.min, spec.max) {
        (Some(min), Some(max)) => format!("a whole number from {min} to {max}{unit}"),
        (Some(min), None) if min > 0 => format!("a whole number of at least {min}{unit}"),
        (_, Some(max)) => format!("a whole number of at most {max}{unit}"),
        _ => format!("a whole number{unit}"),
    }
}

fn reference(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::VirtualMta => "the name of a VirtualMTA",
        ReferenceKind::VirtualMtaOrPool => "the name of a VirtualMTA or pool",
        ReferenceKind::Source => "the name of a source",
        ReferenceKind::PatternList => "the name of a pattern list",
        ReferenceKind::SmtpPatternList => "the name of an SMTP pattern list",
        ReferenceKind::AddressList => "the name of an address list",
        ReferenceKind::RewriteList => "the name of a rewrite list",
        ReferenceKind::Proxy => "the name of a proxy",
        ReferenceKind::SignalsFilter => "the name of a signals filter",
        ReferenceKind::SourceGroup => "the name of a source group",
        ReferenceKind::DomainMacro => "the name of a domain macro",
        ReferenceKind::DomainKeyList => "the name of a domain key list",
        ReferenceKind::SmtpUser => "the name of an SMTP user",
        ReferenceKind::BounceCategory => "a bounce category",
        ReferenceKind::Queue => "the name of a queue",
        ReferenceKind::File => "a file",
        ReferenceKind::Directory => "a directory",
    }
}

/// `a, b or c`, or `a, b, c and others`.
pub(super) fn or_others(choices: &[String], others: bool) -> String {
    if others {
        format!("{} and others", choices.join(", "))
    } else {
        or(choices)
    }
}

/// `a, b or c`
pub(super) fn or(choices: &[String]) -> String {
    match choices {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
