//! Routes for programs.

use serde::Serialize;

use pmta_analysis::routing::{Outcome, Route};

use crate::cli::configuration::Configuration;
use crate::cli::settings::json::{self, Answer, Place};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Step<'a> {
    about: &'static str,
    text: &'a str,
    place: Option<Place>,
    not_sure: Option<&'static str>,
}

#[derive(Serialize)]
struct Printed<'a> {
    steps: Vec<Step<'a>>,
    outcome: &'static str,
    reason: Option<&'a str>,
    queues: Vec<Answer<'a>>,
}

/// The route as one object.
#[must_use]
pub(super) fn text(configuration: &Configuration, route: &Route) -> String {
    let steps = route.steps.iter().map(|step| Step {
        about: step.about,
        text: &step.text,
        place: step.at.map(|at| json::place(configuration, at)),
        not_sure: step.doubt,
    });
    let (outcome, reason, queues) = match &route.outcome {
        Outcome::Queued(queues) => ("queued", None, queues.as_slice()),
        Outcome::Refused(reply) => ("refused", Some(reply.as_str()), &[][..]),
        Outcome::Bounced(reason) => ("bounced", Some(reason.as_str()), &[][..]),
    };
    let queues = queues.iter();
    json::text(&Printed {
        steps: steps.collect(),
        outcome,
        reason,
        queues: queues
            .map(|queue| json::effective(configuration, queue))
            .collect(),
    })
}
