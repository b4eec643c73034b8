//! Effective settings: which value applies, and from which line.
//!
//! Settings of a queue come from `<domain>` sections whose set of domains the domain is in: those of
//! the VirtualMTA before those of its pool before those at the top level, and among each the narrower
//! set before the broader. What no line sets has the value that the catalog tells. The settings of a
//! submission come from `<source>` sections in the same way.
//!
//! Where PowerMTA's guide is silent, the nearest documented case is followed and the value carries a
//! [`Doubt`].

mod at_cursor;
mod choice;
mod elsewhere;
mod precedence;
#[cfg(test)]
mod reference;
mod rivals;
mod submission;
#[cfg(test)]
mod tests;
mod text;
mod view;

use crate::catalog::{self, Directive, DirectiveSet, Place};
use crate::deployment::{Deployment, Domain, Section, Setting};
use crate::secrets;
use crate::workspace::{FileRange, Root, Workspace};

use choice::{Choices, Given};
use precedence::{Criterion, DOCUMENTED, Layer};

pub use at_cursor::queue_at;
pub(crate) use at_cursor::{about_directive, about_section};
pub(crate) use elsewhere::{Inherited, Owner, inherited};
pub(crate) use rivals::{Rival, Rivals};
pub(crate) use submission::{Client, Submission, submission};
pub(crate) use text::place;
pub use text::{NameOf, human, plain};
pub use view::view;

/// The VirtualMTA that is used when nothing chooses one.
pub const DEFAULT_VIRTUAL_MTA: &str = "{default}";

/// A queue: a domain, and the VirtualMTA that its mail leaves through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The domain, or the name of the queue.
    pub domain: String,
    /// The VirtualMTA.
    pub virtual_mta: String,
}

impl Queue {
    /// Reads `DOMAIN` or `DOMAIN/VIRTUAL-MTA`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (domain, virtual_mta) = text.split_once('/').unwrap_or((text, DEFAULT_VIRTUAL_MTA));
        Self {
            domain: domain.trim().to_owned(),
            virtual_mta: virtual_mta.trim().to_owned(),
        }
    }
}

impl std::fmt::Display for Queue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.domain, self.virtual_mta)
    }
}

/// Where a value is set; the earlier go before the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In the named source of the user who sends.
    User,
    /// In the named source of the listener.
    Listener,
    /// In a source for the client's address.
    Address,
    /// In the VirtualMTA.
    VirtualMta,
    /// In a pool that the VirtualMTA is a member of.
    Pool,
    /// At the top level.
    Global,
}

/// Why it is not sure that a value applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It is given twice in the same section, or for the same set of domains in two.
    GivenTwice,
    /// A broad set in the VirtualMTA or pool goes before a narrower one outside of it.
    ScopeBeforeSet,
    /// A set around a longer domain goes before one of a narrower form.
    LengthBeforeForm,
    /// A macro names the domain, and a broader set names it without one.
    MacroBeforeBroader,
    /// Several pools of the VirtualMTA set it.
    SeveralPools,
    /// Both the listener and the user name a source that sets it.
    UserBeforeListener,
}

impl Doubt {
    /// The doubt in a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::GivenTwice => {
                "It is given twice for the same set; the guide does not say which line counts, the last \
                 one is taken."
            }
            Self::ScopeBeforeSet => {
                "The guide does not say whether a broad set inside a VirtualMTA or pool goes before a \
                 narrower one outside; that it does is assumed."
            }
            Self::LengthBeforeForm => {
                "The guide orders forms of sets, not sets around different domains; the longer domain \
                 is taken to go first."
            }
            Self::MacroBeforeBroader => {
                "A domain named without a macro goes before one that a macro names; the guide does not \
                 say whether that holds for a broader set too."
            }
            Self::SeveralPools => {
                "The VirtualMTA is in several pools that set it; the guide does not say which one \
                 counts, the first is taken."
            }
            Self::UserBeforeListener => {
                "The guide does not say whether the source of the user or that of the listener goes \
                 first; that of the user is taken."
            }
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A line sets it.
    Line {
        /// The line, from the name to the end of the value.
        at: FileRange,
        /// What it stands in.
        scope: Scope,
        /// The argument of its section: the set of domains, or whom the source is for. Empty where
        /// that makes no difference.
        set: String,
    },
    /// It is not set, and takes the value of this other setting.
    Other(&'static str),
    /// It is not set, and this is its default.
    Default,
    /// It is not set, and no default is known.
    Unset,
}

/// A line that another one goes before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overridden {
    /// Its value, without secrets.
    pub text: String,
    /// The line.
    pub at: FileRange,
}

/// A setting with its value.
#[derive(Clone, Debug)]
pub struct Value {
    /// The setting.
    pub directive: &'static Directive,
    /// Its value as it is written, without secrets; empty if it is not set and has no known default.
    pub text: String,
    /// Where that comes from.
    pub origin: Origin,
    /// The lines that it goes before, the nearest first.
    pub overridden: Vec<Overridden>,
    /// Why it may be otherwise.
    pub doubt: Option<Doubt>,
}

impl Value {
    /// The value without quotes around it.
    #[must_use]
    pub fn plain(&self) -> String {
        crate::value::unquote(&self.text).into_owned()
    }

    /// Whether a line sets it.
    #[must_use]
    pub fn is_set(&self) -> bool {
        matches!(self.origin, Origin::Line { .. })
    }

    /// Whether it is a switch that is on.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        crate::deployment::is_yes(&self.plain())
    }

    /// The line that sets it.
    #[must_use]
    pub fn at(&self) -> Option<FileRange> {
        match self.origin {
            Origin::Line { at, .. } => Some(at),
            _ => None,
        }
    }
}

/// Something to know beside the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A sentence.
    pub text: String,
    /// The line that it is about.
    pub at: Option<FileRange>,
}

/// The effective settings of a queue.
#[derive(Clone, Debug)]
pub struct Effective {
    /// The queue that was asked for.
    pub asked: Queue,
    /// The queue whose settings these are: another one where `queue-to` leads there.
    pub queue: Queue,
    /// Whether its VirtualMTA is defined.
    pub is_queue: bool,
    /// Settings of the VirtualMTA, by name.
    pub virtual_mta: Vec<Value>,
    /// Settings of the queue, by name.
    pub settings: Vec<Value>,
    /// What else there is to know.
    pub notes: Vec<Note>,
}

impl Effective {
    /// The value of a setting of the queue.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&Value> {
        self.settings
            .iter()
            .find(|value| value.directive.name == name)
    }
}

/// The effective settings of a queue in a configuration.
#[must_use]
pub fn settings(workspace: &Workspace, root: &Root, queue: &Queue) -> Effective {
    of_queue(&Deployment::new(workspace, root), queue)
}

/// The effective settings of a queue.
pub(crate) fn of_queue(deployment: &Deployment<'_>, queue: &Queue) -> Effective {
    of_queue_by(&DOCUMENTED, deployment, queue)
}

/// The effective settings of a queue if sections went before each other by these criteria.
fn of_queue_by(criteria: &[Criterion], deployment: &Deployment<'_>, queue: &Queue) -> Effective {
    let mut notes = Vec::new();
    let scopes = Scopes::of(deployment, &queue.virtual_mta, &mut notes);
    let mut settings = domain_settings(deployment, &scopes, &queue.domain, criteria);
    let mut leads_to = queue.clone();
    let queue_to = settings
        .iter()
        .find(|value| value.directive.name == "queue-to" && value.is_set());
    if let Some(queue_to) = queue_to {
        let target = queue_to.plain();
        if !target.is_empty() && !target.eq_ignore_ascii_case(&queue.domain) {
            notes.push(Note {
                text: format!(
                    "Mail for {} goes into the queue {target}: these are its settings.",
                    queue.domain
                ),
                at: queue_to.at(),
            });
            leads_to.domain = target;
            settings = domain_settings(deployment, &scopes, &leads_to.domain, criteria);
            note_second_queue(&settings, &leads_to.domain, &mut notes);
        }
    }
    notes.extend(rollups(deployment, &leads_to.domain, &settings));
    Effective {
        asked: queue.clone(),
        queue: leads_to,
        is_queue: !scopes.virtual_mtas.is_empty() || queue.virtual_mta == DEFAULT_VIRTUAL_MTA,
        virtual_mta: virtual_mta_settings(deployment, &scopes),
        settings,
        notes,
    }
}

/// The guide speaks of one `queue-to`, not of what happens if the queue has one itself.
fn note_second_queue(settings: &[Value], queue: &str, notes: &mut Vec<Note>) {
    let again = settings
        .iter()
        .find(|value| value.directive.name == "queue-to" && value.is_set());
    let again = again.filter(|value| {
        let target = value.plain();
        !target.is_empty() && !target.eq_ignore_ascii_case(queue)
    });
    notes.extend(again.map(|value| Note {
        text: format!(
            "The queue {queue} has a queue-to {} itself; the guide does not say that it is followed, \
             and it is not followed here.",
            value.plain()
        ),
        at: value.at(),
    }));
}

/// Queues into which mail for a domain goes if its mail servers are those of a list. Which they are
/// only DNS can tell.
fn rollups(deployment: &Deployment<'_>, domain: &str, settings: &[Value]) -> Vec<Note> {
    let is_on = |name: &str| {
        let found = settings.iter().find(|value| value.directive.name == name);
        found.is_some_and(|value| {
            value.is_set() && !matches!(value.plain().as_str(), "" | "no" | "false")
        })
    };
    if domain.ends_with(".rollup") || is_on("disable-mx-rollup") || is_on("smtp-hosts") {
        return Vec::new();
    }
    let lists = deployment.sections("mx-rollup-list");
    let lines = lists.flat_map(|list| deployment.settings_in(&list));
    let notes = lines.filter_map(|line| {
        let words = line.words();
        let (servers, queue) = (words.first()?, words.get(1)?);
        Some(Note {
            text: format!(
                "If the mail servers of {domain} match {servers}, its mail goes into the queue {queue}."
            ),
            at: Some(line.range()),
        })
    });
    notes.collect()
}

/// The sections of a VirtualMTA and of its pools.
struct Scopes<'w> {
    virtual_mtas: Vec<Section<'w>>,
    pools: Vec<Section<'w>>,
}

impl<'w> Scopes<'w> {
    fn of(deployment: &Deployment<'w>, virtual_mta: &str, notes: &mut Vec<Note>) -> Self {
        let virtual_mtas: Vec<Section<'w>> = deployment.named("virtual-mta", virtual_mta).collect();
        let pools = deployment.pools_of(virtual_mta);
        if virtual_mtas.is_empty() && virtual_mta != DEFAULT_VIRTUAL_MTA {
            let is_pool = deployment.named("virtual-mta-pool", virtual_mta).next();
            notes.push(match is_pool {
                Some(pool) => Note {
                    text: format!(
                        "{virtual_mta} is a pool, and queues belong to its members: name one of them."
                    ),
                    at: Some(pool.range()),
                },
                None => Note {
                    text: format!("There is no VirtualMTA {virtual_mta}."),
                    at: None,
                },
            });
        }
        let with_domains = pools
            .iter()
            .filter(|pool| deployment.sections_in(pool, "domain").next().is_some());
        let with_domains: Vec<&Section<'w>> = with_domains.collect();
        if let [_, second, ..] = with_domains.as_slice() {
            notes.push(Note {
                text: format!(
                    "{virtual_mta} is in several pools that have <domain> sections, which PowerMTA \
                     refuses."
                ),
                at: Some(second.range()),
            });
        }
        Self {
            virtual_mtas,
            pools,
        }
    }
}

/// The per-queue settings of a domain, by name.
fn domain_settings<'w>(
    deployment: &Deployment<'w>,
    scopes: &Scopes<'w>,
    domain: &str,
    criteria: &[Criterion],
) -> Vec<Value> {
    let mut choices = Choices::default();
    for (layer, section) in layers(deployment, scopes, domain, criteria) {
        // Of two lines in one section the last one counts.
        let lines: Vec<_> = deployment.settings_in(&section).collect();
        for line in lines.into_iter().rev() {
            choices.add(Given {
                line,
                layer,
                section,
            });
        }
    }
    Place::named("domain").map_or_else(Vec::new, |place| choices.values(place))
}

/// The `<domain>` sections that a domain falls under, those that go before others first.
fn layers<'w>(
    deployment: &Deployment<'w>,
    scopes: &Scopes<'w>,
    domain: &str,
    criteria: &[Criterion],
) -> Vec<(Layer, Section<'w>)> {
    let domain = Domain::new(domain);
    let inside = |scope: Scope, sections: &[Section<'w>]| -> Vec<_> {
        let owned = sections.iter().enumerate().flat_map(|(owner, section)| {
            let inner = deployment.sections_in(section, "domain");
            inner.map(move |inner| (scope, owner, inner))
        });
        owned.collect()
    };
    let global = deployment.domain_sections(&domain);
    let all = inside(Scope::VirtualMta, &scopes.virtual_mtas)
        .into_iter()
        .chain(inside(Scope::Pool, &scopes.pools))
        .chain(global.map(|section| (Scope::Global, 0, section)));
    let fitting = all.filter_map(|(scope, owner, section)| {
        Some((scope, owner, deployment.fit(&section, &domain)?, section))
    });
    let ranked = fitting.enumerate();
    let mut layers: Vec<(Layer, Section<'w>)> = ranked
        .map(|(rank, (scope, owner, fit, section))| {
            let layer = Layer {
                scope,
                fit,
                owner,
                rank,
                is_shipped: deployment.is_shipped(&section),
            };
            (layer, section)
        })
        .collect();
    layers.sort_by(|(one, _), (other, _)| precedence::compare(criteria, one, other));
    layers
}

/// The settings of a VirtualMTA, by name: its own, else those of its pool, else those at the top level.
fn virtual_mta_settings<'w>(deployment: &Deployment<'w>, scopes: &Scopes<'w>) -> Vec<Value> {
    let Some(place) = Place::named("virtual-mta") else {
        return Vec::new();
    };
    let listed = || {
        let directives = catalog::directives_of(place);
        directives.filter(|directive| directive.name != "include")
    };
    let lines_in = |sections: &[Section<'w>]| -> Vec<Setting<'w>> {
        let all = sections.iter().flat_map(|it| deployment.settings_in(it));
        all.collect()
    };
    let wanted = DirectiveSet::named(listed().map(|directive| directive.name));
    let at_top = deployment.settings_among(wanted);
    let scopes = [
        (Scope::VirtualMta, lines_in(&scopes.virtual_mtas)),
        (Scope::Pool, lines_in(&scopes.pools)),
        (Scope::Global, at_top.collect()),
    ];
    listed()
        .flat_map(|directive| of_scopes(directive, &scopes))
        .collect()
}

/// What counts of the lines of each scope. A setting that may be repeated has all the lines of the
/// first scope that has any.
fn of_scopes(directive: &'static Directive, scopes: &[(Scope, Vec<Setting<'_>>)]) -> Vec<Value> {
    let shown = |line: &Setting<'_>| secrets::shown(directive, &line.written());
    let replaced = |line: &Setting<'_>| Overridden {
        text: shown(line),
        at: line.range(),
    };
    let mut values: Vec<Value> = Vec::new();
    let mut overridden = Vec::new();
    let mut doubt = None;
    for (scope, lines) in scopes {
        let lines = lines.iter();
        let lines: Vec<&Setting<'_>> = lines
            .filter(|line| line.directive.name == directive.name)
            .collect();
        let value = |line: &&Setting<'_>| Value {
            directive,
            text: shown(line),
            origin: Origin::Line {
                at: line.range(),
                scope: *scope,
                set: String::new(),
            },
            overridden: Vec::new(),
            doubt: None,
        };
        if !values.is_empty() && !directive.adds {
            overridden.extend(lines.iter().map(|line| replaced(line)));
        } else if directive.repeatable || directive.adds {
            values.extend(lines.iter().map(value));
        } else if let Some((last, others)) = lines.split_last() {
            values.push(value(last));
            doubt = (!others.is_empty()).then_some(Doubt::GivenTwice);
            overridden.extend(others.iter().rev().map(|line| replaced(line)));
        }
    }
    match values.first_mut() {
        Some(first) => {
            first.overridden = overridden;
            first.doubt = doubt;
        }
        None => values.extend(unset(directive)),
    }
    values
}

/// A setting that no line sets; none if there is no telling anything about it.
fn unset(directive: &'static Directive) -> Option<Value> {
    let is_current = directive.deprecated.is_none()
        && directive.status == catalog::Status::Documented
        && directive.name != "include";
    let origin = match directive.default {
        Some(_) => Origin::Default,
        None => Origin::Unset,
    };
    let default = directive.default.unwrap_or_default();
    is_current.then(|| Value {
        directive,
        text: if default == "\"\"" { "" } else { default }.to_owned(),
        origin,
        overridden: Vec::new(),
        doubt: None,
    })
}
