//! The program as people and programs run it.

mod check;
mod explain;
#[cfg(test)]
mod fmt;
mod includes;
mod json;
#[cfg(test)]
mod sandbox;
mod secrets;
mod unusual_files;
mod usage;
