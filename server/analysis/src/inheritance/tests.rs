mod documented;
mod random;
