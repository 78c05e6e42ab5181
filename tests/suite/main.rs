//! All integration tests, in one binary.

//mod cli;
mod drive;
mod house;
mod properties;
mod real_log;
mod sample;
mod screens;
//mod terminal;
