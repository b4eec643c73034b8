//! The program as people and programs run it.

mod check;
#[cfg(test)]
#[cfg(unix)]
mod disk_faults;
mod effective_settings;
mod explain;
#[cfg(test)]
mod fix;
#[cfg(test)]
mod fmt;
mod includes;
mod json;
#[cfg(test)]
#[cfg(unix)]
#[path = "../support/kept_out.rs"]
mod kept_out;
#[cfg(test)]
mod limits;
#[cfg(test)]
#[path = "../support/planted.rs"]
mod planted;
#[cfg(test)]
#[cfg(unix)]
mod privacy;
mod reports;
#[cfg(test)]
mod sandbox;
mod sarif_schema;
mod secrets;
mod settings;
#[cfg(test)]
#[cfg(unix)]
#[path = "../support/strace.rs"]
mod strace;
mod trace;
mod unusual_files;
mod usage;
