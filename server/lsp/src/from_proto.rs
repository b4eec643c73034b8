//! From what clients send to what the analysis takes.

use std::path::PathBuf;

use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::{FilePosition, normalise};
use ropey::Rope;
use tower_lsp::ls_types::{Position, Range, Uri};

use crate::position::PositionEncoding;
use crate::state::Snapshot;

/// The file that a URI names; none if it names something else.
#[must_use]
pub fn path(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let path = uri.to_file_path()?;
    path.is_absolute().then(|| normalise(&path))
}

/// A position in the document of a snapshot.
#[must_use]
pub fn position(snapshot: &Snapshot, position: Position) -> FilePosition {
    let encoding = snapshot.client.encoding;
    FilePosition {
        file: snapshot.file,
        offset: encoding.offset(snapshot.document.rope(), position),
    }
}

/// The bytes of a range.
#[must_use]
pub fn range(rope: &Rope, range: Range, encoding: PositionEncoding) -> TextRange {
    let bytes = encoding.bytes(rope, range);
    TextRange::of(bytes.start, bytes.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(windows)]
    fn drives_have_a_path() {
        let path = |uri: &str| path(&uri.parse().unwrap());
        for uri in ["file:///c%3A/pmta/a%20b", "file:///C:/pmta/a%20b"] {
            let found = path(uri).unwrap();
            let found = found.to_string_lossy().to_ascii_lowercase();
            assert_eq!(found, r"c:\pmta\a b");
        }
    }

    #[test]
    #[cfg(unix)]
    fn only_files_have_a_path() {
        let path = |uri: &str| path(&uri.parse().unwrap());
        assert_eq!(
            path("file:///a/b%20c%C3%A9"),
            Some(PathBuf::from("/a/b cé"))
        );
        assert_eq!(path("file:///a/./x/../b"), Some(PathBuf::from("/a/b")));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("git:/a/config?HEAD"), None);
    }
}
