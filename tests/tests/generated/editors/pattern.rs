//! Patterns of paths and lines, written in the way of each editor.

/// What a text has to look like.
pub enum Pattern {
    /// These signs.
    Text(String),
    /// One after the other.
    All(Vec<Pattern>),
    /// One of them.
    Any(Vec<Pattern>),
    /// The beginning and the end of the text.
    Begin,
    End,
    /// Any number of any signs.
    Anything,
    /// Any number of signs but slashes.
    InName,
    /// Any number of signs but slashes and dots, one at least.
    InStem,
    /// Any number of folders, each with its slash.
    Folders,
    /// Any number of blanks.
    Blanks,
    /// One blank.
    Blank,
    /// One blank or `>`.
    BlankOrClose,
}

/// How a pattern is written. All are read without regard to case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// As in Perl; behind `(?i)`.
    Perl,
    /// Vim's, behind `\v\c`.
    Vim,
    /// Of `grep -Ei`.
    Grep,
    /// Of Emacs, in a string; `case-fold-search` has to be set.
    Emacs,
}

impl Pattern {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::All(parts.into_iter().collect())
    }

    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().collect();
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Self::Any(parts)
        }
    }

    /// One of these words.
    pub fn words(words: &[impl AsRef<str>]) -> Self {
        Self::any(words.iter().map(|word| Self::text(word.as_ref())))
    }

    /// Writes it.
    pub fn write(&self, dialect: Dialect) -> String {
        let start = match dialect {
            Dialect::Perl => "(?i)",
            Dialect::Vim => r"\v\c",
            Dialect::Grep | Dialect::Emacs => "",
        };
        format!("{start}{}", self.inner(dialect))
    }

    fn inner(&self, dialect: Dialect) -> String {
        let plain = match self {
            Self::Text(text) => return text.chars().map(|sign| literal(sign, dialect)).collect(),
            Self::All(parts) => return parts.iter().map(|part| part.inner(dialect)).collect(),
            Self::Any(parts) => {
                let (open, or, close) = match dialect {
                    Dialect::Perl => ("(?:", "|", ")"),
                    Dialect::Vim => ("%(", "|", ")"),
                    Dialect::Grep => ("(", "|", ")"),
                    Dialect::Emacs => (r"\\(?:", r"\\|", r"\\)"),
                };
                let parts: Vec<String> = parts.iter().map(|part| part.inner(dialect)).collect();
                return format!("{open}{}{close}", parts.join(or));
            }
            Self::Begin => "^",
            Self::End => "$",
            Self::Anything => ".*",
            Self::InName => "[^/]*",
            Self::InStem => "[^/.]+",
            Self::Folders => match dialect {
                Dialect::Perl => "(?:.*/)?",
                Dialect::Vim => "%(.*/)?",
                Dialect::Grep => "(.*/)?",
                Dialect::Emacs => r"\\(?:.*/\\)?",
            },
            Self::Blanks => "[ \t]*",
            Self::Blank => "[ \t]",
            Self::BlankOrClose => "[ \t>]",
        };
        // `grep` takes a tab for itself only.
        if dialect == Dialect::Grep {
            plain.to_owned()
        } else {
            plain.replace('\t', r"\t")
        }
    }
}

/// A sign that stands for itself.
fn literal(sign: char, dialect: Dialect) -> String {
    let is_special = match dialect {
        Dialect::Perl | Dialect::Grep => r"\.+*?()|[]{}^$".contains(sign),
        // Of what is very magic, all that is no word.
        Dialect::Vim => !sign.is_alphanumeric() && !"/_-:# ".contains(sign),
        Dialect::Emacs => r"\.+*?[^$".contains(sign),
    };
    match (is_special, dialect) {
        (false, _) => sign.to_string(),
        (true, Dialect::Emacs) => format!(r"\\{sign}"),
        (true, _) => format!(r"\{sign}"),
    }
}
