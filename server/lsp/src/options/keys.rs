//! The list of what can be set.

/// Something that can be set.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it does, in sentences of Markdown.
    pub summary: &'static str,
    /// What holds where it is not set, as TOML.
    pub default: &'static str,
    /// How it is written, as TOML.
    pub example: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// A text that is a version of PowerMTA.
    Version,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A number, 0 or more.
    Count,
    /// A list of texts.
    Texts,
    /// A table from folders of the server to folders here.
    Folders,
    /// A table from codes and groups to severities.
    Levels,
    /// A table from patterns to lists of codes and groups.
    Codes,
    /// A table with these keys.
    Table(&'static [Key]),
}

/// What can be set, in the order in which it is documented.
pub static KEYS: &[Key] = &[
    Key {
        name: "powermta",
        kind: Kind::Version,
        summary: "The version of PowerMTA that the configurations are for. What is newer, or was removed, is reported.",
        default: "",
        example: "powermta = \"5.0\"",
    },
    Key {
        name: "roots",
        kind: Kind::Texts,
        summary: "The configurations: files that no other file includes, relative to the folder of `pmta-ls.toml` \
                  and in it; settings of an editor may name any. Without it they are looked for by name and content.",
        default: "[]",
        example: "roots = [\"servers/a/config\", \"servers/b/config\"]",
    },
    Key {
        name: "exclude",
        kind: Kind::Texts,
        summary: "Files and folders that are not looked into for configurations, and in which nothing is reported \
                  unless they are named on the command line. `*` stands for any part of a name, `**` for any \
                  folders; a pattern without `/` holds in every folder. Files that an `include` line names are \
                  read all the same.",
        default: "[]",
        example: "exclude = [\"old\", \"*.bak\", \"vendor/**/samples\"]",
    },
    Key {
        name: "report-unused-virtual-mtas",
        kind: Kind::Boolean,
        summary: "Whether VirtualMTAs and pools that nothing refers to are reported. Headers of messages and the \
                  API can choose them too, so usually they are not.",
        default: "false",
        example: "report-unused-virtual-mtas = true",
    },
    Key {
        name: "docs-url",
        kind: Kind::Text,
        summary: "Where pages about rules are: editors link the code of a finding to its page. `{code}` stands for \
                  the code; without it the code is put behind a `/`.",
        default: "\"\"",
        example: "docs-url = \"https://example.com/pmta-ls/rules/{code}.md\"",
    },
    Key {
        name: "max-findings",
        kind: Kind::Count,
        summary: "Most findings of one file that an editor is shown, the worst first; 0 means all. The command line \
                  always prints all.",
        default: "1000",
        example: "max-findings = 200",
    },
    Key {
        name: "rules",
        kind: Kind::Levels,
        summary: "How bad the findings of a rule or of a group of rules are: `error`, `warning`, `information`, \
                  `hint`, or `off`. A rule goes before its group.",
        default: "{}",
        example: "[rules]\nvalue-case = \"off\"\nsecurity = \"error\"",
    },
    Key {
        name: "per-file-ignores",
        kind: Kind::Codes,
        summary: "Rules and groups that do not speak in files of a pattern, which is written as in `exclude`.",
        default: "{}",
        example: "[per-file-ignores]\n\"customers/*.conf\" = [\"value-case\", \"security\"]",
    },
    Key {
        name: "paths",
        kind: Kind::Folders,
        summary: "Where folders of the server are here, relative to the folder of `pmta-ls.toml` and in it, so that \
                  the files of absolute `include` lines are found; settings of an editor may name any folders.",
        default: "{}",
        example: "[paths]\n\"/etc/pmta\" = \"servers/a\"",
    },
    Key {
        name: "format",
        kind: Kind::Table(FORMAT),
        summary: "How files are formatted, by `pmta-ls fmt` and by editors. What is not set is as the editor says.",
        default: "{}",
        example: "[format]\nindent-width = 4\nindent-style = \"space\"",
    },
];

/// What can be set in `[format]`.
static FORMAT: &[Key] = &[
    Key {
        name: "indent-width",
        kind: Kind::Count,
        summary: "Columns of one step of indentation.",
        default: "4",
        example: "indent-width = 2",
    },
    Key {
        name: "indent-style",
        kind: Kind::Word(&["space", "tab"]),
        summary: "What lines are indented with: `space` or `tab`.",
        default: "\"space\"",
        example: "indent-style = \"tab\"",
    },
    Key {
        name: "align-values",
        kind: Kind::Boolean,
        summary: "Whether the values of neighbouring directives begin in one column.",
        default: "false",
        example: "align-values = true",
    },
    Key {
        name: "wrap-macros",
        kind: Kind::Boolean,
        summary: "Whether long lists of `domain-macro` are spread over several lines.",
        default: "false",
        example: "wrap-macros = true",
    },
    Key {
        name: "on-save",
        kind: Kind::Boolean,
        summary: "Whether files are formatted when an editor saves them that asks the server before it does. Editors \
                  do not say then how wide indentation is, so that it should be set here too.",
        default: "false",
        example: "on-save = true",
    },
];
