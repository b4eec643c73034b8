//! What a file holds, as an outline, and where in all files something is.

mod outline;
mod search;

use crate::catalog::{Place, ReferenceKind};
use crate::text::TextRange;

pub use outline::document_symbols;
pub use search::{FoundSymbol, MOST_FOUND, workspace_symbols};

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SymbolKind {
    /// A VirtualMTA.
    VirtualMta,
    /// A pool of VirtualMTAs.
    Pool,
    /// A source of mail.
    Source,
    /// Someone or something that hands in mail: a listener, an SMTP user.
    Entrance,
    /// A list of any kind.
    List,
    /// Another thing that has a name: a proxy, a group, a filter.
    Named,
    /// A domain macro.
    Macro,
    /// Settings for domains of recipients.
    Domain,
    /// A section of another kind.
    Section,
    /// A rule of a list.
    Rule,
    /// An `include` line.
    Include,
}

impl SymbolKind {
    /// What defines a name of this kind. A VirtualMTA is told from a pool by what it defines.
    pub(crate) fn of_name(kind: ReferenceKind) -> Self {
        match kind {
            ReferenceKind::VirtualMta => Self::VirtualMta,
            ReferenceKind::VirtualMtaOrPool => Self::Pool,
            ReferenceKind::Source => Self::Source,
            ReferenceKind::PatternList
            | ReferenceKind::SmtpPatternList
            | ReferenceKind::AddressList
            | ReferenceKind::RewriteList
            | ReferenceKind::DomainKeyList => Self::List,
            ReferenceKind::SmtpUser => Self::Entrance,
            ReferenceKind::Proxy | ReferenceKind::SignalsFilter | ReferenceKind::SourceGroup => {
                Self::Named
            }
            ReferenceKind::DomainMacro => Self::Macro,
            ReferenceKind::Queue => Self::Domain,
            ReferenceKind::BounceCategory | ReferenceKind::File | ReferenceKind::Directory => {
                Self::Section
            }
        }
    }

    /// A section that defines no name others refer to.
    pub(crate) fn of_section(place: Place) -> Self {
        match place.name() {
            "smtp-user" | "smtp-listener" | "transmissions-api-listener" => Self::Entrance,
            name if name.ends_with("-list") || name.ends_with("-patterns") => Self::List,
            _ => Self::Section,
        }
    }
}

/// Something in a file, with what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called; never empty.
    pub name: String,
    /// What it is, or does, in a few words; may be empty.
    pub detail: String,
    /// Its kind.
    pub kind: SymbolKind,
    /// All of it, from the start of the file.
    pub range: TextRange,
    /// Its name, inside of that.
    pub name_range: TextRange,
    /// What it holds.
    pub children: Vec<Symbol>,
}

#[cfg(test)]
mod tests;
