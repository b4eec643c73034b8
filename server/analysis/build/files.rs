//! The files as tables, entry by entry.

use std::collections::BTreeMap;
use std::path::Path;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// A file's entries by name.
pub(crate) struct File {
    /// What messages call it.
    pub(crate) name: String,
    /// Its entries.
    pub(crate) entries: BTreeMap<String, Table>,
}

/// Reads a file whose entries stand in order of their names.
pub(crate) fn sorted(folder: &Path, name: &str) -> Result<File, String> {
    let (text, table) = read(folder, name)?;
    let headings: Vec<String> = text.lines().filter_map(heading).collect();
    for (before, after) in headings.iter().zip(headings.iter().skip(1)) {
        if before > after {
            return Err(format!(
                "{name}: [{after}] stands behind [{before}]: entries are sorted"
            ));
        }
    }
    let mut entries = BTreeMap::new();
    for (entry, value) in table {
        let Value::Table(value) = value else {
            return Err(format!("{name}: `{entry}` stands outside of any [entry]"));
        };
        entries.insert(entry, value);
    }
    Ok(File {
        name: name.to_owned(),
        entries,
    })
}

/// Reads a file of any shape.
pub(crate) fn read(folder: &Path, name: &str) -> Result<(String, Table), String> {
    let path = folder.join(name);
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table = text
        .parse::<Table>()
        .map_err(|error| format!("{name}: {error}"))?;
    Ok((text, table))
}

/// Reads one entry as what it has to be.
pub(crate) fn entry<T: DeserializeOwned>(
    file: &str,
    entry: &str,
    table: Table,
) -> Result<T, String> {
    Value::Table(table)
        .try_into()
        .map_err(|error: toml::de::Error| {
            let message = error.to_string();
            format!("{file}: [{entry}]: {}", message.trim().replace('\n', " "))
        })
}

/// The name in a line `[name]` or `["name"]`.
fn heading(line: &str) -> Option<String> {
    let inside = line.strip_prefix('[')?.strip_suffix(']')?;
    (!inside.starts_with('[')).then(|| inside.trim_matches(['"', '\'']).to_owned())
}
