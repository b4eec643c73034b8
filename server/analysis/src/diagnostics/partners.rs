//! Whether what belongs to a setting is there, and counts for it.

use rustc_hash::FxHashSet;

use super::overview::{Found, MOST_LINES, Overview};
use crate::catalog::{Partner, Place};
use crate::deployment::{Deployment, may_overlap};
use crate::value::AddressRange;

/// Most pairs of lines that are held against each other; with more, any will do.
const MOST_PAIRS: usize = 20_000;

/// What will do for the settings of a configuration that need a partner.
pub(super) struct Partners<'a> {
    partner: &'static Partner,
    /// The lines that will do, where they count.
    lines: Vec<Found<'a>>,
    /// There is something that will do for all.
    is_everywhere: bool,
}

impl<'a> Partners<'a> {
    /// Looks for what will do for as many settings.
    pub(super) fn new(overview: &Overview<'a>, partner: &'static Partner, settings: usize) -> Self {
        let mut partners = Self {
            partner,
            lines: Vec::new(),
            is_everywhere: has_section(overview, partner)
                || partner
                    .directives
                    .iter()
                    .any(|name| overview.is_doubtful(name)),
        };
        let listening = partner.is_listener.then(|| Listening::of(overview));
        for name in partner.directives.iter().filter(|name| overview.has(name)) {
            let lines = overview.everywhere(name);
            partners.is_everywhere |= lines.len() >= MOST_LINES;
            let will_do = |line: &Found<'_>| {
                let value = line.value();
                partner.takes(&value)
                    && partner
                        .place
                        .is_none_or(|place| line.directive.place == place)
                    && listening.as_ref().is_none_or(|it| it.has(&value))
            };
            partners.lines.extend(lines.into_iter().filter(will_do));
        }
        let is_much = partners.lines.len().saturating_mul(settings) > MOST_PAIRS;
        partners.is_everywhere |= is_much;
        partners
    }

    /// Whether there is something for this setting.
    pub(super) fn serve(&self, line: &Found<'_>) -> bool {
        let begins = self.partner.argument_begins;
        self.is_everywhere
            || begins.is_some_and(|begin| line.argument().is_none_or(|it| it.starts_with(begin)))
            || self
                .lines
                .iter()
                .any(|other| may_apply_together(line, other))
    }
}

/// Whether one of the sections that will do is there.
fn has_section(overview: &Overview<'_>, partner: &Partner) -> bool {
    if partner.sections.is_empty() {
        return false;
    }
    let deployment = Deployment::new(overview.site.workspace, overview.site.root);
    let mut tags = partner.sections.iter();
    tags.any(|tag| deployment.sections(tag).next().is_some())
}

/// Whether there may be a queue, client or file for which both lines count.
fn may_apply_together(one: &Found<'_>, other: &Found<'_>) -> bool {
    let place = one.directive.place;
    if place != other.directive.place || one.is_beside(other) {
        return true;
    }
    // What a line of a fragment stands in, only the files that include it tell.
    let (Some(own), Some(others)) = (one.argument(), other.argument()) else {
        return true;
    };
    match place.name() {
        "domain" => may_share_queues(one, other) && may_overlap(&own, &others),
        "source" => match (AddressRange::read(&own), AddressRange::read(&others)) {
            (Some(own), Some(others)) => own.overlaps(others),
            // Whoever uses a named source has an address as well.
            _ => true,
        },
        _ => own == others,
    }
}

/// Whether `<domain>` sections of two owners may count for one queue.
fn may_share_queues(one: &Found<'_>, other: &Found<'_>) -> bool {
    match (virtual_mta_around(one), virtual_mta_around(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// The VirtualMTA whose section a line stands in.
fn virtual_mta_around(line: &Found<'_>) -> Option<String> {
    let (place, name) = line.outermost()?;
    (Some(place) == Place::named("virtual-mta")).then_some(name)
}

/// The VirtualMTAs for which some lines count.
pub(super) struct Reach {
    names: FxHashSet<String>,
    /// A line outside of all VirtualMTAs counts for all, or it is not known what one stands in.
    is_everything: bool,
}

impl Reach {
    /// The VirtualMTAs for which these lines count.
    pub(super) fn of(lines: &[Found<'_>]) -> Self {
        let names: Option<FxHashSet<String>> = if lines.len() < MOST_LINES {
            lines.iter().map(virtual_mta_around).collect()
        } else {
            None
        };
        Self {
            is_everything: names.is_none(),
            names: names.unwrap_or_default(),
        }
    }

    /// Whether one of the lines may count for every queue.
    pub(super) fn is_everything(&self) -> bool {
        self.is_everything
    }

    /// Whether one of the lines may count for a queue for which this line counts.
    pub(super) fn has(&self, line: &Found<'_>) -> bool {
        self.is_everything
            || match virtual_mta_around(line) {
                Some(name) => self.names.contains(&name),
                None => !self.names.is_empty(),
            }
    }
}

/// Where PowerMTA listens.
struct Listening {
    ranges: Vec<AddressRange>,
    /// It listens at addresses that only the host knows.
    is_anywhere: bool,
}

impl Listening {
    fn of(overview: &Overview<'_>) -> Self {
        let deployment = Deployment::new(overview.site.workspace, overview.site.root);
        let lines = deployment.settings("smtp-listener");
        let lines = lines.map(|line| line.words().into_iter().next().unwrap_or_default());
        let sections = deployment.sections("smtp-listener");
        let addresses: Vec<String> = lines.chain(sections.map(|it| it.argument())).collect();
        let read = |text: &String| {
            let (address, _) = text.rsplit_once(':')?;
            AddressRange::read(address.trim_matches(['[', ']']))
        };
        let ranges: Vec<AddressRange> = addresses.iter().filter_map(read).collect();
        let is_any = |range: &AddressRange| range.only().is_none_or(|it| it.is_unspecified());
        Self {
            is_anywhere: addresses.is_empty()
                || ranges.len() < addresses.len()
                || ranges.iter().any(is_any),
            ranges,
        }
    }

    /// Whether a value begins with an address at which PowerMTA may listen.
    fn has(&self, value: &str) -> bool {
        let address = value.split_whitespace().next().unwrap_or_default();
        let range = AddressRange::read(address);
        self.is_anywhere
            || range.is_none_or(|range| self.ranges.iter().any(|it| it.overlaps(range)))
    }
}
