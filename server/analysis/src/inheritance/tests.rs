mod documented;
mod random;
mod sources;
