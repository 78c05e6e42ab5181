#![no_main]

#[path = "../../tests/suite/targets.rs"]
#[allow(dead_code, reason = "this program runs only one of the targets")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::folder(bytes));
