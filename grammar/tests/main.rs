//! Tests of the grammar.

#[cfg(test)]
mod any_bytes;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod highlight;
#[cfg(test)]
mod incremental;
#[cfg(test)]
mod nesting;
#[cfg(test)]
mod support;
#[cfg(test)]
mod text;
