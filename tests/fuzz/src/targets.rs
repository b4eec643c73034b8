//! What must hold, one group a file.

mod any_feature;
mod edits;
mod effective;
mod fixes;
mod format;
mod frames;
mod grammar;
mod growth;
mod includes;
mod messages;
mod project_settings;
mod values;

/// Something that must hold for any input.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: that of its file, and of the folder of its findings.
    pub name: &'static str,
    /// Panics where it does not hold.
    pub run: fn(&[u8]),
    /// Most bytes of an input. More shows nothing new and takes longer.
    pub longest: usize,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target {
        name: "grammar",
        run: grammar::run,
        longest: 2_048,
    },
    Target {
        name: "edits",
        run: edits::run,
        longest: 2_048,
    },
    Target {
        name: "any_feature",
        run: any_feature::run,
        longest: 1_024,
    },
    Target {
        name: "values",
        run: values::run,
        longest: 256,
    },
    Target {
        name: "format",
        run: format::run,
        longest: 1_024,
    },
    Target {
        name: "fixes",
        run: fixes::run,
        longest: 1_024,
    },
    Target {
        name: "includes",
        run: includes::run,
        longest: 1_024,
    },
    Target {
        name: "effective",
        run: effective::run,
        longest: 1_024,
    },
    Target {
        name: "growth",
        run: growth::run,
        longest: 128,
    },
    Target {
        name: "project_settings",
        run: project_settings::run,
        longest: 512,
    },
    Target {
        name: "frames",
        run: frames::run,
        longest: 1_024,
    },
    Target {
        name: "messages",
        run: messages::run,
        longest: 512,
    },
];

/// The target of a name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
